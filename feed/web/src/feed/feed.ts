import { computed, signal, type ReadonlySignal } from '@preact/signals'
import type { Client } from '../api/client'
import { Refusal } from '../api/request'
import { follow, type Link, type Stream } from '../api/stream'
import type { Post, PostPage } from '../api/types'
import { Gather } from './gather'
import { bounded, merge, replace, type Posts } from './merge'
import { isOpen, orderOf } from './order'
import { Silence } from './silence'

/** What is known before the server has answered, and what it does not know yet. */
export type Before = {
  /** The feed as this device last heard it. */
  last?: { posts: readonly Post[]; at: number } | undefined
  /** What acts that wait for the network do to posts. */
  queued?: ReadonlySignal<ReadonlyMap<string, (post: Post) => Post>>
}

export type FeedState = 'loading' | 'ready' | 'failed'

const pageSize = 100
/** How many posts that ended are held. */
export const mostEnded = pageSize
const pagesOfOpen = 5
const retryAfter = 5000

/** The posts a person may see, as they are now, and what is about to change. */
export class Feed {
  readonly state = signal<FeedState>('loading')
  readonly link = signal<Link>('connecting')
  /** The last post that appeared by itself. */
  readonly arrival = signal<Post | undefined>(undefined)
  /** How often the stream said that what this person is told has changed. */
  readonly tolls = signal(0)
  /** Posts that arrived while the reader was further down. */
  readonly waiting = signal<ReadonlySet<string>>(new Set())
  /** What is shown: the server's posts under this person's unconfirmed acts. */
  readonly posts = computed<Posts>(() => {
    const shown = new Map(this.known.value)
    for (const id of this.waiting.value) shown.delete(id)
    for (const [id, act] of this.before.queued?.value ?? []) {
      const post = shown.get(id)
      if (post) shown.set(id, act(post))
    }
    for (const [id, act] of this.pending.value) {
      const post = shown.get(id)
      if (post) shown.set(id, { ...post, ...act })
    }
    return shown
  })
  /** Changes whenever a post that can be acted on moves to another place. */
  readonly order = computed(() => orderOf([...this.posts.value.values()]))

  private readonly silence = new Silence()
  /** Since when nothing has been heard; undefined while the line holds. */
  readonly silentSince = this.silence.since
  /** The server's posts, as they were last heard. */
  readonly known = signal<Posts>(new Map())
  private readonly pending = signal<ReadonlyMap<string, Partial<Post>>>(new Map())
  private readonly changes = new Gather<Post>((posts) => this.receive(posts))
  private stream: Stream | undefined
  /** When the server last told everything. */
  private heardAt: number | undefined
  private holding = false
  private retry: number | undefined
  private run = 0

  constructor(
    private readonly client: Client,
    private readonly expired: () => void,
    private readonly before: Before = {},
  ) {
    if (!before.last) return
    this.heardAt = before.last.at
    this.known.value = merge(new Map(), before.last.posts)
    this.state.value = 'ready'
  }

  /** Reads what is there, then follows what changes. */
  async start(): Promise<void> {
    this.stop()
    const run = this.run
    if (this.state.peek() !== 'failed') this.state.value = this.known.peek().size > 0 ? 'ready' : 'loading'
    try {
      const change = await this.reload()
      if (run !== this.run) return
      this.state.value = 'ready'
      this.stream = follow((since) => this.client.streamURL(since), change, {
        post: (post) => this.changes.add(post),
        told: () => void this.tolls.value++,
        reload: () => this.reload(),
        link: (link) => {
          this.link.value = link
          this.silence.link(link)
        },
      })
    } catch {
      if (run !== this.run) return
      this.disconnected()
      this.retry = window.setTimeout(() => void this.start(), retryAfter)
    }
  }

  /** Without the server, what was last heard is better than nothing. */
  private disconnected(): void {
    if (this.heardAt === undefined) {
      this.state.value = 'failed'
      return
    }
    this.link.value = 'offline'
    this.silence.lost(this.heardAt)
  }

  stop(): void {
    this.run++
    clearTimeout(this.retry)
    this.stream?.close()
    this.changes.end()
    this.silence.end()
  }

  /** While held, new posts wait instead of pushing the reader's place away. */
  hold(on: boolean): void {
    this.holding = on
    if (!on && this.waiting.peek().size > 0) this.waiting.value = new Set()
  }

  /** A post that this person's own act returned. */
  confirm(post: Post): void {
    this.known.value = bounded(merge(this.known.peek(), [post]), mostEnded)
    const others = new Set(this.waiting.peek())
    if (others.delete(post.id)) this.waiting.value = others
  }

  /** Shows the act at once; keeps the server's answer, or takes it back. */
  async act(id: string, change: Partial<Post>, send: () => Promise<Post>): Promise<void> {
    this.pending.value = new Map(this.pending.peek()).set(id, change)
    try {
      this.confirm(await send())
    } finally {
      const rest = new Map(this.pending.peek())
      rest.delete(id)
      this.pending.value = rest
    }
  }

  private receive(posts: readonly Post[]): void {
    this.welcome(posts)
    this.known.value = bounded(merge(this.known.peek(), posts), mostEnded)
  }

  /** Tells of open posts that were not there before, and holds them if asked. */
  private welcome(posts: readonly Post[]): void {
    const known = this.known.peek()
    const fresh = posts.filter((p) => isOpen(p.state) && !known.has(p.id))
    if (fresh.length === 0) return
    this.arrival.value = fresh.at(-1)
    if (this.holding) this.waiting.value = new Set([...this.waiting.peek(), ...fresh.map((p) => p.id)])
  }

  private async reload(): Promise<number> {
    const run = this.run
    const going = this.state.peek() === 'ready'
    try {
      const [first, ended] = await Promise.all([this.openPage(), this.client.posts({ state: 'ended', limit: pageSize })])
      const change = Math.min(first.change, ended.change)
      if (run === this.run) this.begin([...first.posts, ...ended.posts])
      const open = await this.openAfter(first)
      if (run !== this.run) return change
      if (going) this.welcome(open)
      this.known.value = bounded(replace(this.known.peek(), [...open, ...ended.posts], change), mostEnded)
      this.heardAt = Date.now()
      return change
    } catch (err) {
      if (err instanceof Refusal && err.status === 401) this.expired()
      throw err
    }
  }

  /** Who has nothing before their eyes yet need not wait for all of it. */
  private begin(posts: readonly Post[]): void {
    if (this.state.peek() !== 'loading') return
    this.known.value = bounded(merge(this.known.peek(), posts), mostEnded)
    this.state.value = 'ready'
  }

  private openPage = (cursor?: string): Promise<PostPage> => this.client.posts({ state: 'open', limit: pageSize, ...(cursor && { cursor }) })

  /** The open posts of a first page, whose change number is that of all, and those that follow it. */
  private async openAfter(first: PostPage): Promise<Post[]> {
    const posts = [...first.posts]
    let cursor = first.next
    for (let page = 1; cursor && page < pagesOfOpen; page++) {
      const more = await this.openPage(cursor)
      posts.push(...more.posts)
      cursor = more.next
    }
    return posts
  }
}
