import type { rightsFR } from './rights.fr'

export const rightsEN: typeof rightsFR = {}
