import type { Me, Role } from '../api/types'

const nudgers: Role[] = ['lead', 'manager', 'animator', 'ambassador']

/** Whether somebody reminds of the posts of a place, and has them stand first. */
export const helpsAlong = (me: Me, territory: string): boolean =>
  !me.station && me.grants.some((g) => nudgers.includes(g.role) && (territory === g.territory || territory.startsWith(g.territory + '/')))
