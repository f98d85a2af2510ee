import type { groupsFR } from './groups.fr'

export const groupsEN: typeof groupsFR = {}
