import type { Post, Severity, State } from '../api/types'

export const isOpen = (state: State): boolean => state === 'new' || state === 'taken' || state === 'onsite'
export const isInHand = (state: State): boolean => state === 'taken' || state === 'onsite'

const rank: Record<Severity, number> = { critical: 0, major: 1, minor: 2, info: 3 }

/** Of two instants as the server writes them the later first: they compare as plain texts, which is many times faster than as words. */
const later = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0)

/** What somebody pinned stands first. */
const pinnedFirst = (a: Post, b: Post): number => Number(Boolean(b.talk?.pin)) - Number(Boolean(a.talk?.pin))

/** What is pinned first, then the gravest; within a severity, what last moved. */
export const byUrgency = (a: Post, b: Post): number =>
  pinnedFirst(a, b) || rank[a.severity] - rank[b.severity] || later(a.bumped_at, b.bumped_at)

const subject = (post: Post): number => (post.kind === 'flood' ? 0 : post.kind === 'alert' ? 1 : post.sku ? 3 : 2)

/** What to take first: what still holds, the gravest, a flood before its like, machines before stock, the newest. */
export const byTaking = (a: Post, b: Post): number =>
  Number(a.latched ?? false) - Number(b.latched ?? false) || rank[a.severity] - rank[b.severity] || subject(a) - subject(b) || later(a.since, b.since)

/** As byTaking, but of what is critical the one that waits the longest first. */
export const byBurning = (a: Post, b: Post): number =>
  a.severity === 'critical' && b.severity === 'critical' && (a.latched ?? false) === (b.latched ?? false) ? later(b.since, a.since) : byTaking(a, b)

/** The places of open posts in a feed, as a text that changes when one moves. */
export const orderOf = (posts: readonly Post[]): string =>
  posts
    .filter((p) => isOpen(p.state))
    .sort(byUrgency)
    .map((p) => `${p.id} ${p.state}`)
    .join()

/** What ended last first. */
export const byEnd = (a: Post, b: Post): number => later(endOf(a), endOf(b))

export const endOf = (post: Post): string => post.closed_at ?? post.updated_at

/** What is said among people, to be read and not taken. */
export const isSaid = (post: Pick<Post, 'kind'>): boolean => post.kind === 'note' || post.kind === 'announcement' || post.kind === 'must-read' || post.kind === 'practice'
/** What was said in a group stays on its page. */
export const isOfGroup = (post: Pick<Post, 'territory'>): boolean => post.territory.startsWith('@')
/** What is told, and asks nothing of anybody: runs, sheets, good news, words. */
export const isCalm = (post: Post): boolean => post.kind === 'production' || post.kind === 'handover' || post.kind === 'good-news' || isSaid(post)
/** What a person silenced for a while. */
export const isAsleep = (post: Post): boolean => post.shelf !== undefined && isOpen(post.state)
/** What is silenced at an instant, or whose next ones will be: a shelf may outlast what it was put on for. */
export const isSilenced = (post: Post, at: number): boolean =>
  post.shelf !== undefined && (isOpen(post.state) || !post.shelf.until || Date.parse(post.shelf.until) > at)
/** What a person silenced with no end: it takes somebody to put it back. */
export const isOutOfService = (post: Post): boolean => post.shelf !== undefined && !post.shelf.until && !post.shelf.once
/** What ended by itself and nobody said why; what sells well needs no cause. */
export const lacksCause = (post: Post): boolean =>
  !isOpen(post.state) && post.back_to_normal && !post.cause && !isCalm(post) && post.kind !== 'selling-well'
/** A production thread that goes on. */
export const runs = (post: Post): boolean => post.kind === 'production' && post.run !== undefined && isOpen(post.state)

/** What a person must deal with, and nobody has yet. */
export const toTake = (post: Post): boolean =>
  post.state === 'new' && post.severity !== 'info' && !isCalm(post) && !isAsleep(post)
/** What somebody said is settled, though its condition still holds. */
export const lingers = (post: Post): boolean => post.state === 'resolved' && post.active && post.severity !== 'info' && !isCalm(post)
/** What somebody deals with, until it is over. */
export const inHand = (post: Post): boolean => (isInHand(post.state) || lingers(post)) && !isCalm(post) && !isAsleep(post)
/** What is said for information: ideas, good news, what a shift hands over. */
export const forInformation = (post: Post): boolean =>
  post.state === 'new' && (post.severity === 'info' || isCalm(post)) && !runs(post) && !isAsleep(post) && !isOfGroup(post)

export const within = (path: string, root: string): boolean =>
  root === '' || path === root || path.startsWith(root + '/')

/** Whether a post is of a place: there, below it, or above where it holds for all. */
export const concerns = (post: Post, place: string): boolean => within(post.territory, place) || within(place, post.territory)

/** The sign of a post: who took it does not change how grave it is. */
export const signOf = (post: Post): Mood => moodOf(isInHand(post.state) ? { ...post, state: 'new' } : post)

/** The look of a post: how grave it is, or what else it is. */
export type Mood = Severity | 'good' | 'idea' | 'word' | 'making' | 'relay' | 'asleep' | 'taken' | 'done'

export function moodOf(post: Post): Mood {
  if (post.kind === 'practice') return post.talk?.card?.retired ? 'done' : 'good'
  if (!isOpen(post.state)) return 'done'
  if (post.kind === 'production') return 'making'
  if (post.kind === 'handover') return 'relay'
  if (post.kind === 'good-news') return 'good'
  if (isSaid(post)) return 'word'
  if (isAsleep(post)) return 'asleep'
  // What ended is not abnormal any more, though it waits for a word.
  if (post.latched && post.state === 'new') return 'done'
  if (isInHand(post.state)) return 'taken'
  if (post.kind === 'idea') return 'idea'
  if (post.kind === 'question') return 'word'
  return post.severity === 'info' ? 'good' : post.severity
}
