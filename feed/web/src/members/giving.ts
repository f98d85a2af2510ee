import type { Me, Role, Territory } from '../api/types'
import { within } from '../feed/order'

const everybody: Role[] = ['operator', 'staff', 'lead', 'manager', 'animator', 'admin', 'auditor']

/** Which roles one may give others: none that does more than one's own. */
const gives: Partial<Record<Role, Role[]>> = {
  lead: ['operator', 'staff', 'lead'],
  manager: ['operator', 'staff', 'lead', 'animator', 'manager'],
  admin: everybody,
}

/** The roles that a person may give at a place, in the order of what they do. */
export const rolesToGive = (me: Me, place: string): Role[] =>
  everybody.filter((role) => me.grants.some((g) => within(place, g.territory) && gives[g.role]?.includes(role)))

/** Whether a person may give and take roles somewhere at once, and not only invite. */
export const appoints = (me: Me): boolean => me.grants.some((g) => g.role === 'manager' || g.role === 'admin')

/** The places to which a person may invite. */
export const placesToGive = (me: Me, all: Territory[]): Territory[] => all.filter((t) => t.kind !== 'machine' && rolesToGive(me, t.path).length > 0)
