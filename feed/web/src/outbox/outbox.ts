import { computed, signal } from '@preact/signals'
import type { Answer } from '../api/request'
import { Refusal, Unreachable } from '../api/request'
import type { Me } from '../api/types'
import { uuid7 } from '../api/uuid'
import type { Carrier } from './carrier'
import { closerOf, isSealed, type Closer } from './closer'
import { Hopes } from './hope'
import { byAge, laneOf, waitingOf, type Item, type Waiting } from './item'
import { actOf, type Letter } from './letter'
import { locked } from './lock'
import { NoRoom, Queued } from './queued'
import { isForGood } from './refused'
import { MemoryShelf, type Shelf } from './shelf'

const room = 50_000_000 // bytes
const fresh = 15_000 // what another tab has just written, it sends itself
const day = 86_400_000
const worthSending = 14 * day // older than that, the server takes it no more

type Writer = { member: string; closer: Closer }
type Draft = Pick<Letter, 'method' | 'path' | 'body'> & { key?: string | undefined }
type Hear = (answer: unknown) => void

/**
 * Everything that people write passes through here: kept first, then sent, and
 * gone once the server has answered. What cannot be sent waits, across pages,
 * restarts and persons, closed so that only its author reads it.
 */
export class Outbox {
  /** What waits on this device, oldest first. */
  readonly items = signal<readonly Waiting[]>([])
  /** What the person who is there wrote. */
  readonly mine = computed(() => this.items.value.filter((item) => item.letter))
  /** Whether what waits outlives this page. */
  readonly lasts = signal(true)

  private writer: Promise<Writer> | undefined
  private readonly lanes = new Map<string, Promise<boolean>>()
  private readonly hopes = new Hopes()
  private readonly gone = new Set<string>()
  private readonly memory = new MemoryShelf()

  constructor(
    private readonly disk: Shelf,
    private readonly carrier: Carrier,
    private readonly now: () => number = Date.now,
  ) {}

  /** Hears every answer, also to what had long waited. */
  heard: Hear = () => undefined
  /** What a post says, for the list of what waits. */
  titleOf: (post: string) => string = () => ''

  /** Tells who writes from now on; nobody reads what another wrote. */
  async as(me: Me | undefined): Promise<void> {
    this.items.value = this.items.peek().map(({ letter: _, ...item }) => item)
    const writer = me && closerOf(me).then((closer) => ({ member: me.id, closer }))
    this.writer = writer
    const closer = (await writer)?.closer
    if (this.writer !== writer) return
    this.lasts.value = !closer || isSealed(closer.id)
    await this.read(true)
    await this.drain()
  }

  /** Keeps a letter, sends it, and gives the answer, or Queued when there is none yet. */
  async send<T>(draft: Draft): Promise<Answer<T>> {
    const { post } = actOf(draft)
    const written = { key: draft.key ?? uuid7(this.now()), typed_at: new Date(this.now()).toISOString() }
    const letter: Letter = { ...draft, ...written, about: post ? this.titleOf(post) : '' }
    const writer = await this.writer
    if (!writer || !(await this.keep(letter, writer))) return this.sendUnkept<T>(letter)
    const answer = this.hopes.of(letter.key)
    void this.empty(laneOf(this.find(letter.key)!), writer.member)
    return (await answer) as Answer<T>
  }

  /** Sends what waits, as far as the network goes. One tab at a time does. */
  drain = (): Promise<void> =>
    locked('fildefer-outbox', async () => {
      await this.read(false)
      const waiting = this.items.peek().filter((item) => item.state === 'waiting' && !this.isFresh(item))
      if (waiting.length === 0) return
      let present: string | undefined
      try {
        present = await this.carrier.present()
      } catch {
        return
      }
      for (const lane of new Set(waiting.map(laneOf))) {
        if (!(await this.empty(lane, present))) return
      }
    })

  /** Sends an item again that was refused. */
  async retry(id: string): Promise<void> {
    await this.rewrite(id, (letter) => letter)
    await this.drain()
  }

  /** Changes what is written in an item, then sends it. */
  async mend(id: string, field: string, text: string): Promise<void> {
    await this.rewrite(id, (letter) => ({ ...letter, body: { ...(letter.body as object), [field]: text } }))
    await this.drain()
  }

  async remove(id: string): Promise<void> {
    const item = this.find(id)
    if (!item) return
    await this.shelfOf(item.seal).remove(id)
    this.forget(id)
  }

  /** Puts a letter where it is safe; false where nothing more can be kept. */
  private async keep(letter: Letter, { closer }: Writer): Promise<boolean> {
    const item: Item = { id: letter.key, typed_at: letter.typed_at, state: 'waiting', tries: 0, ...(await closer.close(letter)) }
    const used = this.items.peek().reduce((sum, { size }) => sum + size, 0)
    if (used + item.data.byteLength > room) return false
    try {
      await this.shelfOf(item.seal).put(item)
    } catch {
      return false
    }
    this.show(waitingOf(item, letter))
    return true
  }

  private async sendUnkept<T>(letter: Letter): Promise<Answer<T>> {
    try {
      return (await this.carrier.send(letter)) as Answer<T>
    } catch (err) {
      throw err instanceof Unreachable ? new NoRoom() : err
    }
  }

  /** Sends the items of a lane in order; false when the network is away. */
  private empty(lane: string, present: string | undefined): Promise<boolean> {
    const running = this.lanes.get(lane) ?? this.sendLane(lane, present)
    this.lanes.set(lane, running)
    return running
  }

  private async sendLane(lane: string, present: string | undefined): Promise<boolean> {
    await Promise.resolve() // so that the lane is known as running before it ends
    try {
      for (;;) {
        const next = this.items.peek().find((item) => item.state === 'waiting' && laneOf(item) === lane)
        if (!next) return true
        const went = await this.sendOne(next, present)
        if (went === 'gone') continue
        // Who waits for what is behind it waits in vain.
        for (const item of this.items.peek()) if (laneOf(item) === lane) this.hopes.reject(item.id, new Queued(item.id))
        return went === 'later'
      }
    } finally {
      // In the same breath as the last look: what is written next finds either
      // a lane that looks again or none.
      this.lanes.delete(lane)
    }
  }

  /** gone: it is settled. later: the server does not take it now. away: nobody answered. */
  private async sendOne({ id, seal }: Waiting, present: string | undefined): Promise<'gone' | 'later' | 'away'> {
    const item = await this.shelfOf(seal).get(id)
    if (!item) {
      this.forget(id) // another tab has sent it
      this.hopes.drop(id)
      return 'gone'
    }
    try {
      await this.carry(item, present)
      return 'gone'
    } catch (err) {
      if (err instanceof Refusal && isForGood(err.status)) {
        await this.refuse(item, err)
        return 'gone'
      }
      await this.tried(item)
      this.hopes.reject(id, err instanceof Refusal && err.status === 401 ? err : new Queued(id))
      return err instanceof Refusal ? 'later' : 'away'
    }
  }

  /** Only its author's own session may send a letter; for all others it stays closed. */
  private async carry(item: Item, present: string | undefined): Promise<void> {
    const writer = await this.writer
    if (writer && writer.member === present && writer.closer.id === item.seal) {
      const letter = await writer.closer.open<Letter>(item)
      const answer = await this.carrier.send(letter)
      await this.shelfOf(item.seal).remove(item.id)
      this.hopes.resolve(item.id, answer)
      this.heard(answer.body)
    } else {
      if (!isSealed(item.seal)) throw new Unreachable('its author is not there')
      const { status, problem } = await this.carrier.deliver(item)
      if (status >= 400) throw new Refusal(status, problem ?? '')
      await this.shelfOf(item.seal).remove(item.id)
      this.hopes.drop(item.id)
    }
    this.forget(item.id)
  }

  /** Whoever waits for the answer mends it at once; later, it is kept to be mended. */
  private async refuse(item: Item, err: Refusal): Promise<void> {
    if (this.hopes.reject(item.id, err)) return this.remove(item.id)
    await this.rewrite(item.id, (letter) => ({ ...letter, problem: err.message || String(err.status) }), 'refused')
  }

  private async tried(item: Item): Promise<void> {
    await this.shelfOf(item.seal).put({ ...item, tries: item.tries + 1 })
    this.show({ ...this.find(item.id)!, tries: item.tries + 1 })
  }

  /** Writes an item anew. Of what another person wrote only the state changes. */
  private async rewrite(id: string, change: (letter: Letter) => Letter, state: Item['state'] = 'waiting'): Promise<void> {
    const seal = this.find(id)?.seal
    const item = seal && (await this.shelfOf(seal).get(id))
    if (!item) return
    const writer = await this.writer
    if (writer?.closer.id !== item.seal) {
      await this.shelfOf(item.seal).put({ ...item, state })
      return this.show(waitingOf({ ...item, state }))
    }
    const { problem: _, ...letter } = await writer.closer.open<Letter>(item)
    const next = change(letter)
    const closed: Item = { ...item, ...(await writer.closer.close(next)), state }
    await this.shelfOf(item.seal).put(closed)
    this.show(waitingOf(closed, next))
  }

  /** Learns what is on the shelves; everything anew when the reader has changed. */
  private async read(anew: boolean): Promise<void> {
    const writer = await this.writer
    const known = new Map(this.items.peek().map((item) => [item.id, item]))
    const items: Waiting[] = []
    for (const shelf of [this.disk, this.memory]) {
      for (const id of await shelf.ids().catch(() => [])) {
        const old = anew ? undefined : known.get(id)
        const item = old ?? (await this.look(shelf, id, writer?.closer))
        if (item) items.push(item)
      }
    }
    this.items.value = this.withMeanwhile(items, known)
  }

  /** A reading takes a while, in which items come, change and go. */
  private withMeanwhile(items: Waiting[], known: ReadonlyMap<string, Waiting>): Waiting[] {
    const read = new Set(items.map(({ id }) => id))
    const present = items.filter(({ id }) => !this.gone.has(id))
    const changed = present.map((item) => {
      const now = this.find(item.id)
      return now && (now.letter || !item.letter) ? now : item
    })
    return [...changed, ...this.items.peek().filter(({ id }) => !known.has(id) && !read.has(id))].sort(byAge)
  }

  /** Opens an item as far as this reader may. */
  private async look(shelf: Shelf, id: string, closer: Closer | undefined): Promise<Waiting | undefined> {
    const item = await shelf.get(id)
    if (!item) return undefined
    if (closer?.id !== item.seal) {
      if (this.now() - Date.parse(item.typed_at) < worthSending) return waitingOf(item)
      await shelf.remove(id) // nobody else can mend it, and nobody can send it
      return undefined
    }
    const letter = await closer.open<Letter>(item).catch(() => undefined)
    // It was refused while its author was away: they are told why.
    const untold = letter && item.state === 'refused' && !letter.problem
    return waitingOf(untold ? { ...item, state: 'waiting' } : item, letter)
  }

  private isFresh = ({ typed_at, tries }: Waiting): boolean => tries === 0 && this.now() - Date.parse(typed_at) < fresh
  private shelfOf = (seal: string): Shelf => (isSealed(seal) ? this.disk : this.memory)
  private find = (id: string): Waiting | undefined => this.items.peek().find((item) => item.id === id)

  private show(item: Waiting): void {
    this.gone.delete(item.id)
    this.items.value = [...this.items.peek().filter(({ id }) => id !== item.id), item].sort(byAge)
  }
  private forget(id: string): void {
    this.gone.add(id)
    this.items.value = this.items.peek().filter((item) => item.id !== id)
  }
}
