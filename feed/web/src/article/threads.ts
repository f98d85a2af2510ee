import type { Post } from '../api/types'
import { isOpen } from '../feed/order'

/** The open posts about an article, as new as the feed knows them, what is missing before what sells. */
export function threadsOf(sku: string, read: readonly Post[], feed: ReadonlyMap<string, Post>): Post[] {
  const all = new Map(read.map((post): [string, Post] => [post.id, post]))
  for (const post of feed.values()) {
    const known = all.get(post.id)
    if (post.sku === sku && (!known || post.change >= known.change)) all.set(post.id, post)
  }
  return [...all.values()].filter((post) => isOpen(post.state)).sort((a, b) => Number(b.topic === 'stock') - Number(a.topic === 'stock'))
}
