import type { placesFR } from './places.fr'

export const placesEN: typeof placesFR = {}
