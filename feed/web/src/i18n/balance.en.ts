import type { balanceFR } from './balance.fr'

export const balanceEN: typeof balanceFR = {}
