import type { Me } from '../api/types'
import { within } from '../feed/order'

const shops = ['store', 'aisle', 'department', 'banner']

/** Where the reader works: their aisle, else their first place. */
export const ownPlace = (me: Me): string =>
  (me.grants.find((g) => g.role === 'staff') ?? me.grants.find((g) => shops.includes(g.kind)) ?? me.grants[0]!).territory

/** Where a report on an article stands: in its aisle where the reader may report, else in the reader's own. */
export const placeOf = (aisle: string | undefined, me: Me): string =>
  aisle && me.grants.some((g) => within(aisle, g.territory)) ? aisle : ownPlace(me)
