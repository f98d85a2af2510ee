import { effect } from '@preact/signals'
import type { Memory } from '../api/client'
import type { Post } from '../api/types'
import type { Feed } from '../feed/feed'
import { endOf, isOpen } from '../feed/order'

const name = 'feed'
const first = 300
const pause = 5000
const recent = 72 * 3_600_000

/** The feed as it was when it was last heard. */
export type Snapshot = { posts: Post[]; at: number }

export const lastFeed = (memory: Memory): Promise<Snapshot | undefined> => memory.recall<Snapshot>(name)

/** What is worth reading offline: what is open, and what ended lately. */
export const worthKeeping = (posts: Iterable<Post>, now: number): Post[] =>
  [...posts].filter((post) => isOpen(post.state) || now - Date.parse(endOf(post)) < recent)

/** Keeps the feed as it changes, seldom enough to be free, until it is stopped. */
export function keepFeed(feed: Feed, memory: Memory): () => void {
  let timer: number | undefined
  let wait = first
  const write = (): void => {
    clearTimeout(timer)
    timer = undefined
    wait = pause
    memory.keep(name, { posts: worthKeeping(feed.known.peek().values(), Date.now()), at: Date.now() } satisfies Snapshot)
  }
  // Whoever hides the page may be about to end it.
  const hide = (): void => {
    if (document.hidden && timer !== undefined) write()
  }
  const dispose = effect(() => {
    const size = feed.known.value.size
    if (size > 0 && (feed.link.value === 'live' || feed.link.value === 'polling')) timer ??= window.setTimeout(write, wait)
  })
  document.addEventListener('visibilitychange', hide)
  return () => {
    dispose()
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', hide)
  }
}
