import type { Me, Role } from '../api/types'

const animators: Role[] = ['manager', 'animator']

/** Whether somebody looks after places, and reads what is said there. */
export const animates = (me: Me): boolean => !me.station && me.grants.some((g) => animators.includes(g.role))
