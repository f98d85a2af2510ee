// What a display shows of a place: chosen here, drawn beside.
import type { Author, Machine, Post, Topic } from '../api/types'
import { byTaking, endOf, inHand, isCalm, isOpen, lingers, runs, toTake } from '../feed/order'

const shift = 8 * 3_600_000
const day = 24 * 3_600_000

/** How long one page stays before the next is shown. */
export const turn = 20_000

/** What burns first: what nobody has, then what somebody deals with. */
export function burning(posts: readonly Post[]): Post[] {
  const waiting = posts.filter(toTake).sort(byTaking)
  const handled = posts.filter((p) => inHand(p) && !lingers(p)).sort(byTaking)
  return [...waiting, ...handled].map(fromAfar)
}

export const running = (posts: readonly Post[]): Post[] => posts.filter(runs).sort((a, b) => a.id.localeCompare(b.id))

export const goodNews = (posts: readonly Post[]): Post[] =>
  posts.filter((p) => p.kind === 'good-news' && isOpen(p.state)).sort((a, b) => b.opened_at.localeCompare(a.opened_at))

/** How many posts ended in the last eight hours, but for what asked nothing. */
export const solvedLately = (posts: readonly Post[], now: number): number =>
  posts.filter((p) => !isOpen(p.state) && !isCalm(p) && now - Date.parse(endOf(p)) < shift).length

const rank = { critical: 0, major: 1, minor: 2, info: 3 }
const trouble = (m: Machine): number => (m.severity ? rank[m.severity] : m.stale ? 3 : 4)

/** The machines in trouble first; else as they stand on the floor. */
export const byTrouble = (machines: readonly Machine[]): Machine[] => [...machines].sort((a, b) => trouble(a) - trouble(b))

/** Whoever passes by reads first names and no more. */
export function fromAfar(post: Post): Post {
  return { ...post, author: byFirstName(post.author), ...(post.taker && { taker: byFirstName(post.taker) }) }
}

function byFirstName(author: Author): Author {
  return author.kind === 'person' ? { kind: 'person', name: firstName(author.name) } : author
}

export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? ''

/** A list cut into pages of at most that many, none nearly empty if that can be had. */
export function pagesOf<T>(list: readonly T[], most: number): T[][] {
  const count = Math.ceil(list.length / most)
  const each = Math.ceil(list.length / Math.max(count, 1))
  return Array.from({ length: count }, (_, i) => list.slice(i * each, (i + 1) * each))
}

/** Which of so many pages is shown at an instant: displays side by side turn together. */
export const pageAt = (now: number, count: number): number => (count > 1 ? Math.floor(now / turn) % count : 0)

/** Whole days from one instant to another, by the calendar of the place. */
export function daysBetween(from: number, to: number): number {
  const midnight = (at: number): number => {
    const d = new Date(at)
    return Date.UTC(d.getFullYear(), d.getMonth(), d.getDate())
  }
  return Math.round((midnight(to) - midnight(from)) / day)
}

/** What a place counts the days since, where it ever happened. */
export const counted = ['safety', 'stop', 'quality'] as const satisfies Topic[]
export type Counted = (typeof counted)[number]

/** From nine in the evening to six, unless this device was told how to look. */
export function isNight(now: number): boolean {
  const hour = new Date(now).getHours()
  return hour >= 21 || hour < 6
}
