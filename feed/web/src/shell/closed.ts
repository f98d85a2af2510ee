import type { Me } from '../api/types'
import type { Words } from '../i18n/fr'
import { mayOpen } from './menu'
import type { PageName } from './route'
import { reads } from './session'

/** Why a page does not open, and where to look instead. */
export type Closed = { why: string; instead?: PageName | undefined; /** Who one is settles it. */ identify: boolean }

/** Where somebody finds what concerns them of a page that is others'. */
const beside: Partial<Record<PageName, PageName>> = { audit: 'me', members: 'people', devices: 'me' }

/** The page of that name is not theirs: what to tell them. */
export function closedOf(page: PageName, me: Me, w: Words): Closed {
  const { closed } = w.rights
  if (me.station) return { why: closed.station, identify: me.device?.kind === 'station' }
  const instead = beside[page]
  const open = instead && mayOpen(instead, me) ? instead : undefined
  const own: Partial<Record<PageName, string>> = closed.pages
  const why = own[page] ?? (reads(me) ? closed.role : closed.unread)
  return { why, instead: open, identify: false }
}
