import { signal } from '@preact/signals'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Client } from '../src/api/client'
import { Refusal, Unreachable } from '../src/api/request'
import type { Post } from '../src/api/types'
import { Feed, type Before } from '../src/feed/feed'
import { aPost } from './post'

/** An EventSource whose events the test sends. */
class Wire extends EventTarget {
  static last: Wire
  static readonly CLOSED = 2
  readonly readyState = 0 // it tries again by itself
  onopen?: (event: Event) => void
  onerror?: (event: Event) => void
  closed = false
  constructor(readonly url: string) {
    super()
    Wire.last = this
  }
  close(): void {
    this.closed = true
  }
  post(post: Post): void {
    this.dispatchEvent(new MessageEvent('post', { data: JSON.stringify(post), lastEventId: String(post.change) }))
  }
}

async function startedFeed(open: Post[], over: Partial<Record<keyof Client, unknown>> = {}, before: Before = {}) {
  vi.stubGlobal('EventSource', Wire)
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  const expired = vi.fn()
  const client = {
    posts: async ({ state }: { state: string }) => ({ posts: state === 'open' ? [...open] : [], change: 10 }),
    streamURL: (since: number) => `/stream?since=${since}`,
    ...over,
  } as unknown as Client
  const feed = new Feed(client, expired, before)
  await feed.start()
  return { feed, expired, stop: () => feed.stop() }
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the feed', () => {
  it('follows the stream from the number of its reading, and resumes from the last seen', async () => {
    vi.useFakeTimers()
    const { feed, stop } = await startedFeed([aPost()])
    expect(Wire.last.url).toBe('/stream?since=10')
    Wire.last.post(aPost({ id: 'n', change: 17 }))
    expect(feed.link.value).toBe('live')
    Wire.last.onerror?.(new Event('error'))
    expect(feed.link.value).toBe('connecting')
    await vi.advanceTimersByTimeAsync(1000)
    expect(Wire.last.url).toBe('/stream?since=17')
    stop()
  })

  it('polls when events cannot be had', async () => {
    vi.useFakeTimers()
    const { feed, stop } = await startedFeed([aPost()])
    for (let i = 0; i < 4; i++) {
      Wire.last.onerror?.(new Event('error'))
      await vi.advanceTimersByTimeAsync(3000)
    }
    await vi.advanceTimersByTimeAsync(5000)
    expect(feed.link.value).toBe('polling')
    Wire.last.onopen?.(new Event('open'))
    expect(feed.link.value).toBe('live')
    stop()
  })

  it('tells since when nothing was heard, once that is long enough to matter', async () => {
    vi.useFakeTimers()
    const { feed, stop } = await startedFeed([aPost()])
    Wire.last.onopen?.(new Event('open'))
    const lost = Date.now()
    Wire.last.onerror?.(new Event('error'))
    await vi.advanceTimersByTimeAsync(9000)
    expect(feed.silentSince.value).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1500)
    expect(feed.silentSince.value).toBe(lost)
    Wire.last.onopen?.(new Event('open'))
    expect(feed.silentSince.value).toBeUndefined()
    stop()
  })

  it('lets new posts wait while the reader is further down, but shows changes of known ones', async () => {
    vi.useFakeTimers()
    const { feed, stop } = await startedFeed([aPost({ id: 'a', change: 1 })])
    feed.hold(true)
    Wire.last.post(aPost({ id: 'b', change: 11 }))
    Wire.last.post(aPost({ id: 'a', change: 12, title: 'pire' }))
    await vi.advanceTimersByTimeAsync(200)
    expect(feed.waiting.value.size).toBe(1)
    expect([...feed.posts.value.keys()]).toEqual(['a'])
    expect(feed.posts.value.get('a')?.title).toBe('pire')
    feed.hold(false)
    expect([...feed.posts.value.keys()]).toEqual(['a', 'b'])
    stop()
  })

  it('lets what a poll finds wait too, and is silent about what has long ended', async () => {
    vi.useFakeTimers()
    const open = [aPost({ id: 'a', change: 1 })]
    const { feed, stop } = await startedFeed(open)
    expect(feed.arrival.value).toBeUndefined()
    feed.hold(true)
    Wire.last.post(aPost({ id: 'old', state: 'closed', change: 11 }))
    expect(feed.waiting.value.size).toBe(0)
    open.push(aPost({ id: 'b', change: 12 }))
    for (let i = 0; i < 4; i++) {
      Wire.last.onerror?.(new Event('error'))
      await vi.advanceTimersByTimeAsync(3000)
    }
    await vi.advanceTimersByTimeAsync(5000)
    expect([...feed.waiting.value]).toEqual(['b'])
    expect(feed.arrival.value?.id).toBe('b')
    stop()
  })

  it('does not let what this person just posted wait', async () => {
    const { feed, stop } = await startedFeed([])
    feed.hold(true)
    Wire.last.post(aPost({ id: 'mine', change: 11 }))
    feed.confirm(aPost({ id: 'mine', change: 11 }))
    expect(feed.posts.value.has('mine')).toBe(true)
    stop()
  })

  it('shows an act at once and takes it back when it is refused', async () => {
    const { feed, stop } = await startedFeed([aPost({ id: 'a', change: 1 })])
    const refused = feed.act('a', { state: 'taken' }, () => Promise.reject(new Refusal(409, 'déjà terminée')))
    expect(feed.posts.value.get('a')?.state).toBe('taken')
    await expect(refused).rejects.toThrow('déjà terminée')
    expect(feed.posts.value.get('a')?.state).toBe('new')
    stop()
  })

  it('keeps the answer of the server to an act, even when the stream was faster', async () => {
    const { feed, stop } = await startedFeed([aPost({ id: 'a', change: 1 })])
    await feed.act('a', { state: 'taken' }, async () => {
      Wire.last.post(aPost({ id: 'a', change: 13, state: 'onsite' }))
      return aPost({ id: 'a', change: 12, state: 'taken' })
    })
    expect(feed.posts.value.get('a')?.state).toBe('onsite')
    stop()
  })

  it('holds every open post and no more than the last hundred that ended', async () => {
    const { feed, stop } = await startedFeed([aPost({ id: 'open', change: 1 })])
    for (let i = 0; i < 250; i++) {
      const end = new Date(Date.UTC(2026, 10, 21, 10, 0, i)).toISOString()
      Wire.last.post(aPost({ id: `e${i}`, state: 'closed', closed_at: end, change: 20 + i }))
    }
    await vi.waitFor(() => expect(feed.posts.value.has('e249')).toBe(true)) // a burst comes together
    const held = [...feed.posts.value.keys()]
    expect(held).toHaveLength(101)
    expect(held).toContain('open')
    expect(held).toContain('e249')
    expect(held).toContain('e150')
    expect(held).not.toContain('e149')
    stop()
  })

  it('tells when the session has ended', async () => {
    const { feed, expired, stop } = await startedFeed([], { posts: () => Promise.reject(new Refusal(401, '')) })
    expect(expired).toHaveBeenCalledOnce()
    expect(feed.state.value).toBe('failed')
    stop()
  })
})

describe('the feed before the server has answered', () => {
  const away = () => Promise.reject(new Unreachable('no network'))
  const at = Date.parse('2026-11-22T09:14:00Z')

  it('shows what this device last heard, and how old that is once the server cannot be reached', async () => {
    const { feed, stop } = await startedFeed([], { posts: away }, { last: { posts: [aPost({ id: 'old' })], at } })
    expect(feed.state.value).toBe('ready')
    expect([...feed.posts.value.keys()]).toEqual(['old'])
    expect(feed.link.value).toBe('offline')
    expect(feed.silentSince.value).toBe(at)
    stop()
  })

  it('gives way to what the server says, and holds what is new from under the finger', async () => {
    vi.useFakeTimers()
    let answer: typeof away | undefined = away
    const posts = async ({ state }: { state: string }) =>
      answer?.() ?? { posts: state === 'open' ? [aPost({ id: 'old', change: 4 }), aPost({ id: 'new', change: 5 })] : [], change: 5 }
    const { feed, stop } = await startedFeed([], { posts }, { last: { posts: [aPost({ id: 'old' }), aPost({ id: 'gone' })], at } })
    feed.hold(true)
    answer = undefined
    await vi.advanceTimersByTimeAsync(6000)
    expect([...feed.posts.value.keys()]).toEqual(['old'])
    expect([...feed.waiting.value]).toEqual(['new'])
    Wire.last.onopen?.(new Event('open'))
    expect(feed.silentSince.value).toBeUndefined()
    stop()
  })

  it('shows acts that wait as done, until the server has its own say', async () => {
    const queued = signal<ReadonlyMap<string, (post: Post) => Post>>(new Map([['a', (post) => ({ ...post, state: 'taken' })]]))
    const { feed, stop } = await startedFeed([aPost({ id: 'a' })], {}, { queued })
    expect(feed.posts.value.get('a')?.state).toBe('taken')
    queued.value = new Map()
    expect(feed.posts.value.get('a')?.state).toBe('new')
    stop()
  })
})
