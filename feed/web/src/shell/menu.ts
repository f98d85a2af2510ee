import type { Me, Role } from '../api/types'
import type { Words } from '../i18n/fr'
import type { PageName } from './route'
import { reads } from './session'

/** A page that people go to by its name. */
export type Entry = { page: PageName; name: string }

const team: Role[] = ['lead', 'manager', 'animator']

/** Who may open a page; those not named here are everybody's. */
const asks: Partial<Record<PageName, Role[]>> = {
  rules: ['animator', 'manager', 'admin'],
  devices: ['admin'],
  publish: [...team, 'keeper'],
  groups: ['operator', 'staff', ...team, 'member', 'keeper'],
  usages: ['manager', 'animator'],
  members: ['lead', 'manager', 'admin'],
  audit: ['auditor'],
}

/** Pages of somebody who is signed in: a station has none of them. */
const personal: PageName[] = ['notifications', 'decisions', 'groups', 'publish', 'usages', 'members', 'audit', 'me', 'devices']

/** Pages that show nothing of what is said. */
const silent: PageName[] = ['territories', 'rules', 'usages', 'members', 'devices', 'audit', 'notifications', 'me', 'welcome', 'waiting']

export function mayOpen(page: PageName, me: Me): boolean {
  if (me.station && personal.includes(page)) return false
  if (!reads(me) && !silent.includes(page)) return false
  const roles = asks[page]
  return !roles || me.grants.some((g) => roles.includes(g.role))
}

const order: PageName[] = [
  'search',
  'decisions',
  'practices',
  'groups',
  'people',
  'territories',
  'publish',
  'meeting',
  'balance',
  'rules',
  'usages',
  'members',
  'devices',
  'audit',
]

/** What there is to go to, in the order of how often. */
export const menuOf = (me: Me, w: Words): Entry[] => order.filter((page) => mayOpen(page, me)).map((page) => ({ page, name: w.pages[page as keyof Words['pages']] }))
