import { describe, expect, it } from 'vitest'
import type { Memory } from '../src/api/client'
import type { Post } from '../src/api/types'
import { lastFeed, readPast } from '../src/offline/snapshot'
import { aPost } from './post'

const hour = 3_600_000
const now = Date.now()
const ended = (id: string, hoursAgo: number): Post => aPost({ id, state: 'closed', closed_at: new Date(now - hoursAgo * hour).toISOString() })

/** A server with a past of one post an hour, in pages of ten. */
function serverOf(hours: number) {
  const all = Array.from({ length: hours }, (_, i) => ended(`p${i}`, i))
  let pages = 0
  const posts = async ({ cursor }: { cursor?: string }) => {
    pages++
    const from = Number(cursor ?? 0)
    const next = from + 10 < all.length ? { next: String(from + 10) } : {}
    return { posts: all.slice(from, from + 10), change: 1, ...next }
  }
  return { posts, pages: () => pages }
}

const memoryOf = (things: Record<string, unknown>): Memory => ({
  keep: (name, value) => void (things[name] = value),
  recall: async <T>(name: string) => things[name] as T | undefined,
})

describe('the past that is kept', () => {
  it('reaches back 72 hours and no further', async () => {
    const server = serverOf(96)
    const past = await readPast(server, now - 71.5 * hour)
    expect(past.map(({ id }) => id)).toEqual(Array.from({ length: 72 }, (_, i) => `p${i}`))
    expect(server.pages()).toBe(9)
  })

  it('ends with the last page', async () => {
    expect(await readPast(serverOf(15), 0)).toHaveLength(15)
  })

  it('is shown under what was last heard', async () => {
    const heard = aPost({ id: 'p1', state: 'new' })
    const memory = memoryOf({
      feed: { posts: [heard], at: now },
      past: { posts: [ended('p1', 1), ended('p2', 2), ended('old', 73)], at: now },
    })
    expect((await lastFeed(memory))?.posts).toEqual([heard, expect.objectContaining({ id: 'p2' })])
  })

  it('is nothing where nothing was heard', async () => {
    expect(await lastFeed(memoryOf({ past: { posts: [ended('p', 1)], at: now } }))).toBeUndefined()
  })
})
