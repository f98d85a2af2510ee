import type { Post, Severity, State } from '../api/types'

export const isOpen = (state: State): boolean => state === 'new' || state === 'taken' || state === 'onsite'
export const isInHand = (state: State): boolean => state === 'taken' || state === 'onsite'

const rank: Record<Severity, number> = { critical: 0, major: 1, minor: 2, info: 3 }

/** The gravest first; within a severity, what last moved. */
export const byUrgency = (a: Post, b: Post): number =>
  rank[a.severity] - rank[b.severity] || b.bumped_at.localeCompare(a.bumped_at)

/** What ended last first. */
export const byEnd = (a: Post, b: Post): number => endOf(b).localeCompare(endOf(a))

export const endOf = (post: Post): string => post.closed_at ?? post.updated_at

/** What a person must deal with, and nobody has yet. */
export const toTake = (post: Post): boolean => post.state === 'new' && post.severity !== 'info'
/** What somebody deals with. */
export const inHand = (post: Post): boolean => isInHand(post.state)
/** What is said for information: ideas, good news. */
export const forInformation = (post: Post): boolean => post.state === 'new' && post.severity === 'info'

export const within = (path: string, root: string): boolean =>
  root === '' || path === root || path.startsWith(root + '/')

/** The look of a post: how grave it is, or what else it is. */
export type Mood = Severity | 'good' | 'idea' | 'taken' | 'done'

export function moodOf(post: Post): Mood {
  if (!isOpen(post.state)) return 'done'
  if (isInHand(post.state)) return 'taken'
  if (post.kind === 'idea') return 'idea'
  return post.severity === 'info' ? 'good' : post.severity
}
