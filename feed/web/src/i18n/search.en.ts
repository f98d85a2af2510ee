import type { searchFR } from './search.fr'

export const searchEN: typeof searchFR = {}
