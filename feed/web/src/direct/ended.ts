import type { Post } from '../api/types'
import { byEnd, endOf, isOpen, lingers } from '../feed/order'

/** What was settled since midnight here, the last first. */
export function endedToday(posts: readonly Post[], now: number): Post[] {
  const midnight = new Date(new Date(now).setHours(0, 0, 0, 0)).toISOString()
  return posts.filter((p) => !isOpen(p.state) && !lingers(p) && endOf(p) >= midnight).sort(byEnd)
}

/** The same posts by the hour in which they ended. */
export function byHour(posts: readonly Post[], title: (hour: number) => string): { title: string; posts: Post[] }[] {
  const groups = new Map<number, Post[]>()
  for (const post of posts) {
    const hour = new Date(endOf(post)).getHours()
    groups.set(hour, [...(groups.get(hour) ?? []), post])
  }
  return [...groups].map(([hour, posts]) => ({ title: title(hour), posts }))
}
