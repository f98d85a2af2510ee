import type { lifeFR } from './life.fr'

export const lifeEN: typeof lifeFR = {}
