import { effect } from '@preact/signals'
import type { Client, Memory } from '../api/client'
import type { Post } from '../api/types'
import type { Feed } from '../feed/feed'
import { endOf, isOpen } from '../feed/order'

const name = 'feed'
const pastName = 'past'
const pastEvery = 3_600_000
const pastPages = 10
const first = 300
const pause = 5000
const recent = 72 * 3_600_000

/** The feed as it was when it was last heard. */
export type Snapshot = { posts: Post[]; at: number }

/** What was last heard, with what ended before it that the screens no longer hold. */
export async function lastFeed(memory: Memory): Promise<Snapshot | undefined> {
  const [feed, past] = await Promise.all([memory.recall<Snapshot>(name), memory.recall<Snapshot>(pastName)])
  if (!feed || !past) return feed
  const known = new Set(feed.posts.map(({ id }) => id))
  const older = past.posts.filter(({ id }) => !known.has(id))
  return { posts: [...feed.posts, ...worthKeeping(older, Date.now())], at: feed.at }
}

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

/**
 * Keeps what ended in the last 72 h, which is more than the screens hold: read
 * once an hour, when nothing else is to be done.
 */
export function keepPast(client: Pick<Client, 'posts'>, memory: Memory): () => void {
  const read = async (): Promise<void> => {
    const last = await memory.recall<Snapshot>(pastName)
    if (last && Date.now() - last.at < pastEvery) return
    const posts = await readPast(client, Date.now() - recent).catch(() => undefined)
    if (posts) memory.keep(pastName, { posts, at: Date.now() } satisfies Snapshot)
  }
  const soon = window.setTimeout(() => void read(), pause)
  const timer = setInterval(() => void read(), pastEvery / 4)
  return () => {
    clearTimeout(soon)
    clearInterval(timer)
  }
}

/** The posts that ended since an instant, page by page, without their curves. */
export async function readPast(client: Pick<Client, 'posts'>, since: number): Promise<Post[]> {
  const posts: Post[] = []
  let cursor: string | undefined
  for (let page = 0; page < pastPages; page++) {
    const read = await client.posts({ state: 'ended', limit: 100, ...(cursor && { cursor }) })
    posts.push(...read.posts.map(({ series: _, ...post }) => post))
    cursor = read.next
    // Pages come in the order of the last bump, which is about when things ended.
    if (!cursor || read.posts.every((post) => Date.parse(endOf(post)) < since)) break
  }
  return posts.filter((post) => Date.parse(endOf(post)) >= since)
}
