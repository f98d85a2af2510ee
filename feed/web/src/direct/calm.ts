import type { Post } from '../api/types'
import { byUrgency, isAsleep } from '../feed/order'
import type { Words } from '../i18n/fr'

/** What asks nothing now, by what it is: runs first, what sleeps last. */
export function byCalm(posts: readonly Post[], w: Words): { title: string; posts: Post[] }[] {
  const groups: [string, (post: Post) => boolean][] = [
    [w.living.production, (p) => p.kind === 'production'],
    [w.living.handover, (p) => p.kind === 'handover'],
    [w.living.goodNews, (p) => p.kind === 'good-news'],
    [w.ideas, (p) => p.kind === 'idea'],
    [w.living.asleep, isAsleep],
  ]
  return groups
    .map(([title, of]) => ({ title, posts: posts.filter(of).sort(byUrgency) }))
    .filter((group) => group.posts.length > 0)
}
