import type { Audience } from '../api/group'
import type { Grant, Me, Territory } from '../api/types'
import { byPlace } from '../feed/territory'

const publishers: Grant['role'][] = ['lead', 'manager', 'animator', 'keeper']

/** A place that something may be put to. */
export type Target = { path: string; name: string; kind: string }

const mostChips = 6

/** The places at which this person publishes, the widest first, groups last. */
export const ownPlaces = (me: Me): Target[] =>
  me.grants
    .filter((g, i, all) => publishers.includes(g.role) && all.findIndex((o) => o.territory === g.territory) === i)
    .map((g) => ({ path: g.territory, name: g.name, kind: g.kind }))

/** The place that somebody came to write to, if they publish there; else the only one where they do. */
export function placesMeant(own: readonly Target[], wanted: string | undefined): string[] {
  if (wanted && own.some(({ path }) => wanted === path || wanted.startsWith(path + '/'))) return [wanted]
  return own.length === 1 ? [own[0]!.path] : []
}

/** What lies below the places at which this person publishes. */
export function placesBelow(own: readonly Target[], territories: readonly Territory[]): Target[] {
  const below = territories.filter((t) => t.kind !== 'machine' && own.some((o) => !o.path.startsWith('@') && t.path.startsWith(o.path + '/')))
  return below.sort(byPlace).map(({ path, name, kind }) => ({ path, name, kind }))
}

/** The places that stand as chips at once; the others wait behind a touch. */
export function chipsOf(own: readonly Target[], below: readonly Target[], chosen: readonly string[]): { shown: Target[]; left: Target[] } {
  const isGroup = (t: Target): boolean => t.path.startsWith('@')
  const places = own.filter((t) => !isGroup(t))
  const all = [...places, ...below, ...own.filter(isGroup)]
  const first = all.slice(0, Math.max(mostChips, places.length))
  const picked = all.filter((t) => !first.includes(t) && chosen.includes(t.path))
  const shown = [...first, ...picked]
  return { shown, left: all.filter((t) => !shown.includes(t)) }
}

/** Picks a place or lets go of it: what holds it, or lies in it, goes; a group stands alone. */
export function toggled(chosen: readonly string[], path: string): string[] {
  if (chosen.includes(path)) return chosen.filter((one) => one !== path)
  const apart = (one: string): boolean =>
    !one.startsWith(path + '/') && !path.startsWith(one + '/') && !one.startsWith('@') && !path.startsWith('@')
  return [...chosen.filter(apart), path]
}

/** To whom it is put, as the server takes it. */
export const audienceOf = (places: readonly string[], roles: readonly string[], shifts: readonly string[]): Audience => ({
  places: [...places],
  ...(roles.length > 0 && { roles: [...roles] }),
  ...(shifts.length > 0 && { shifts: [...shifts] }),
})

export type End = 'day' | 'week' | 'twoWeeks' | 'month'
export const ends: End[] = ['day', 'week', 'twoWeeks', 'month']

/** The last minute of the day on which something ends; the server knows the end of the week. */
export function endAt(end: End, from: Date): string | undefined {
  if (end === 'week') return undefined
  const days = { day: 1, twoWeeks: 14, month: 29 }[end]
  return new Date(from.getFullYear(), from.getMonth(), from.getDate() + days, 23, 59).toISOString()
}
