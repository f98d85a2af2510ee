import type { circuitsFR } from './circuits.fr'

export const circuitsEN: typeof circuitsFR = {}
