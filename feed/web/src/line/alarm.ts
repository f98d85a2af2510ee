import type { Post } from '../api/types'
import { toTake } from '../feed/order'

const patience = 30_000

/** One condition: a post that comes back is another. */
export const conditionOf = (post: Post): string => `${post.id} ${post.since}`

/** Critical posts that nobody took, and when each has waited long enough to be heard. */
export function waitingAloud(posts: readonly Post[]): Map<string, number> {
  const loud = posts.filter((p) => toTake(p) && p.severity === 'critical' && !p.stale)
  return new Map(loud.map((p) => [conditionOf(p), Date.parse(p.since) + patience]))
}
