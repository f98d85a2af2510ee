import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Refusal, Unreachable, type Answer } from '../src/api/request'
import type { Me } from '../src/api/types'
import type { Carrier, Delivered } from '../src/outbox/carrier'
import type { Letter } from '../src/outbox/letter'
import { Outbox } from '../src/outbox/outbox'
import { Queued } from '../src/outbox/queued'
import { MemoryShelf } from '../src/outbox/shelf'
import { Seal, type Sealed } from '../src/seal/seal'

const sealOf = (letter: string): { id: string; key: string } => ({ id: `seal-${letter}`, key: btoa(letter.repeat(32)) })
const person = (letter: string): Me => ({ id: letter, name: letter.toUpperCase(), lang: 'fr', grants: [], station: false, seal: sealOf(letter) })
const [karim, nadia] = [person('k'), person('n')]

/** A server that takes what it is sent once per key, and a network that may be cut. */
class Server implements Carrier {
  away = false
  session: string | undefined = 'k'
  /** What refuses a letter, by a word in its path. */
  readonly refusals = new Map<string, Refusal>()
  readonly arrived: (Letter & { by: string })[] = []
  readonly delivered: Sealed[] = []

  present = async (): Promise<string | undefined> => {
    this.reach()
    return this.session
  }
  async send(letter: Letter): Promise<Answer<unknown>> {
    this.reach()
    if (!this.session) throw new Refusal(401, 'Identifiez-vous')
    for (const [word, refusal] of this.refusals) if (letter.path.includes(word)) throw refusal
    if (!this.arrived.some(({ key }) => key === letter.key)) this.arrived.push({ ...letter, by: this.session })
    return { body: { id: letter.key }, headers: new Headers() }
  }
  /** Opens what it is handed as its author's key allows. */
  async deliver(sealed: Sealed): Promise<Delivered> {
    this.reach()
    this.delivered.push(sealed)
    const author = sealed.seal.slice(-1)
    const letter = await (await Seal.from(sealOf(author))).open<Letter>(sealed)
    const before = this.session
    this.session = author
    try {
      await this.send(letter)
      return { status: 201 }
    } catch (err) {
      if (err instanceof Refusal) return { status: err.status, problem: err.message }
      throw err
    } finally {
      this.session = before
    }
  }
  private reach(): void {
    if (this.away) throw new Unreachable('no network')
  }
}

const comment = (text: string, post = 'p1') => ({ method: 'POST' as const, path: `/api/v1/posts/${post}/comments`, body: { text } })
const take = (post = 'p1') => ({ method: 'POST' as const, path: `/api/v1/posts/${post}/take` })

async function anOutbox(me: Me = karim) {
  const disk = new MemoryShelf()
  const server = new Server()
  const outbox = new Outbox(disk, server)
  await outbox.as(me)
  return { disk, server, outbox }
}
const texts = (server: Server) => server.arrived.map(({ body }) => (body as { text: string }).text)

describe('the outbox', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T09:14:00Z') }))
  afterEach(() => void vi.useRealTimers())
  const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)

  it('keeps nothing of what the server has answered', async () => {
    const { disk, server, outbox } = await anOutbox()
    const { body } = await outbox.send<{ id: string }>(comment('vu'))
    expect(server.arrived.map(({ key }) => key)).toEqual([body.id])
    expect(await disk.ids()).toEqual([])
    expect(outbox.items.value).toEqual([])
  })

  it('has a letter on disk, closed, before it is on its way', async () => {
    const { disk, server, outbox } = await anOutbox()
    let kept: unknown
    const send = server.send.bind(server)
    server.send = async (letter) => {
      kept = await disk.get(letter.key)
      return send(letter)
    }
    await outbox.send(comment('un mot secret'))
    expect(kept).toMatchObject({ seal: 'seal-k', state: 'waiting' })
    expect(new TextDecoder().decode((kept as Sealed).data)).not.toContain('secret')
  })

  it('keeps what the network did not take, and sends it once with the time it was typed', async () => {
    const { server, outbox } = await anOutbox()
    server.away = true
    await expect(outbox.send(comment('courroie'))).rejects.toBeInstanceOf(Queued)
    expect(outbox.mine.value.map(({ letter }) => letter?.text)).toEqual(['courroie'])
    pass(60_000)
    server.away = false
    await Promise.all([outbox.drain(), outbox.drain()])
    expect(server.arrived).toMatchObject([{ body: { text: 'courroie' }, typed_at: '2026-11-22T09:14:00.000Z', by: 'k' }])
    expect(outbox.items.value).toEqual([])
  })

  it('sends what is about one post in the order it was written', async () => {
    const { server, outbox } = await anOutbox()
    server.away = true
    for (const text of ['un', 'deux', 'trois']) {
      await outbox.send(comment(text)).catch(() => undefined)
      pass(1000)
    }
    server.away = false
    await outbox.send(comment('quatre'))
    expect(texts(server)).toEqual(['un', 'deux', 'trois', 'quatre'])
  })

  it('hears nothing twice: a letter whose answer was lost goes again under its key', async () => {
    const { server, outbox } = await anOutbox()
    const send = server.send.bind(server)
    server.send = async (letter) => {
      await send(letter)
      throw new Unreachable('the answer was lost')
    }
    await outbox.send(comment('une fois')).catch(() => undefined)
    server.send = send
    pass(60_000)
    await outbox.drain()
    expect(texts(server)).toEqual(['une fois'])
    expect(outbox.items.value).toEqual([])
  })

  it('gives a refusal to whoever waits for the answer, and forgets the letter', async () => {
    const { disk, server, outbox } = await anOutbox()
    server.refusals.set('take', new Refusal(409, 'Pris par Nadia à 09:13.'))
    await expect(outbox.send(take())).rejects.toThrow('Pris par Nadia')
    expect(await disk.ids()).toEqual([])
  })

  it('keeps a later refusal with its sentence, to be mended, retried or removed', async () => {
    const { server, outbox } = await anOutbox()
    server.away = true
    await outbox.send(comment('trop long')).catch(() => undefined)
    pass(60_000)
    server.away = false
    server.refusals.set('comments', new Refusal(422, 'Trop long.'))
    await outbox.drain()
    expect(outbox.mine.value).toMatchObject([{ state: 'refused', letter: { problem: 'Trop long.', text: 'trop long' } }])
    server.refusals.clear()
    await outbox.mend(outbox.mine.value[0]!.id, 'text', 'court')
    expect(texts(server)).toEqual(['court'])
    expect(outbox.items.value).toEqual([])
  })

  it('goes on with other posts when the server does not take one now', async () => {
    const { server, outbox } = await anOutbox()
    server.away = true
    await outbox.send(comment('attend', 'busy')).catch(() => undefined)
    await outbox.send(comment('part', 'free')).catch(() => undefined)
    pass(60_000)
    server.away = false
    server.refusals.set('busy', new Refusal(503, 'Trop de monde.'))
    await outbox.drain()
    expect(texts(server)).toEqual(['part'])
    expect(outbox.mine.value).toMatchObject([{ state: 'waiting', tries: 2 }])
  })

  it('hides the words of who left from who comes, and delivers them closed in their name', async () => {
    const { server, outbox } = await anOutbox()
    server.away = true
    await outbox.send(comment('de Karim')).catch(() => undefined)
    const leaving = outbox.as(nadia)
    expect(outbox.mine.value).toEqual([])
    await leaving
    expect(JSON.stringify(outbox.items.value)).not.toContain('Karim')
    expect(outbox.items.value).toHaveLength(1)
    server.away = false
    server.session = 'n'
    pass(60_000)
    await outbox.drain()
    expect(server.delivered).toHaveLength(1)
    expect(server.arrived).toMatchObject([{ by: 'k', body: { text: 'de Karim' }, typed_at: '2026-11-22T09:14:00.000Z' }])
    expect(outbox.items.value).toEqual([])
  })

  it('does not send in the name of a session that changed behind its back', async () => {
    const { server, outbox } = await anOutbox()
    server.away = true
    await outbox.send(comment('de Karim')).catch(() => undefined)
    server.away = false
    server.session = 'n' // in another tab
    pass(60_000)
    await outbox.drain()
    expect(server.arrived).toMatchObject([{ by: 'k' }])
  })

  it('delivers what waits when nobody is there', async () => {
    const { server, outbox } = await anOutbox()
    server.away = true
    await outbox.send(comment('parti')).catch(() => undefined)
    server.away = false
    server.session = undefined
    pass(60_000)
    await outbox.as(undefined)
    expect(server.arrived).toMatchObject([{ by: 'k' }])
  })

  it('tells its author, once back, why a delivery was refused', async () => {
    const { disk, server, outbox } = await anOutbox()
    server.away = true
    await outbox.send(take()).catch(() => undefined)
    server.away = false
    server.session = 'n'
    server.refusals.set('take', new Refusal(409, 'Pris par Nadia.'))
    pass(60_000)
    await outbox.as(nadia)
    const [id] = await disk.ids()
    expect(JSON.stringify(await disk.get(id!))).not.toContain('Nadia')
    expect(outbox.items.value).toMatchObject([{ state: 'refused' }])
    server.session = 'k'
    await outbox.as(karim)
    expect(outbox.mine.value).toMatchObject([{ state: 'refused', letter: { problem: 'Pris par Nadia.' } }])
  })

  it('is as it was after a restart of the browser', async () => {
    const { disk, server, outbox } = await anOutbox()
    server.away = true
    await outbox.send(comment('avant')).catch(() => undefined)
    const again = new Outbox(disk, server)
    await again.as(karim)
    expect(again.mine.value).toMatchObject([{ state: 'waiting', typed_at: '2026-11-22T09:14:00.000Z', letter: { text: 'avant', post: 'p1' } }])
  })

  it('writes nothing to the disk that it cannot seal, and says so', async () => {
    const { seal: _, ...unsealed } = karim
    const { disk, server, outbox } = await anOutbox(unsealed)
    server.away = true
    await expect(outbox.send(comment('en clair'))).rejects.toBeInstanceOf(Queued)
    expect(outbox.lasts.value).toBe(false)
    expect(await disk.ids()).toEqual([])
    expect(outbox.mine.value).toHaveLength(1)
    await outbox.as(nadia)
    server.away = false
    server.session = 'n'
    pass(60_000)
    await outbox.drain()
    expect(server.arrived).toEqual([])
    server.session = 'k'
    await outbox.as(unsealed)
    expect(server.arrived).toMatchObject([{ by: 'k' }])
  })

  it('sends at once what it has no room for, and says when that cannot be', async () => {
    const { disk, server, outbox } = await anOutbox()
    disk.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
    await outbox.send(comment('passe'))
    expect(texts(server)).toEqual(['passe'])
    server.away = true
    await expect(outbox.send(comment('ne passe pas'))).rejects.not.toBeInstanceOf(Queued)
    expect(outbox.items.value).toEqual([])
  })

  it('forgets what nobody could send any more', async () => {
    const { disk, server, outbox } = await anOutbox()
    server.away = true
    await outbox.send(comment('vieux')).catch(() => undefined)
    pass(15 * 86_400_000)
    await outbox.as(nadia)
    expect(await disk.ids()).toEqual([])
  })
})

describe('a person in a hurry', () => {
  it('is told within seconds that the words are safe, and they arrive all the same', async () => {
    vi.useFakeTimers()
    const { server, outbox } = await anOutbox()
    let open: () => void = () => undefined
    const send = server.send.bind(server)
    server.send = async (letter) => {
      await new Promise<void>((resolve) => (open = resolve))
      return send(letter)
    }
    const heard = vi.fn()
    outbox.heard = heard
    const told = expect(outbox.send(comment('lent'))).rejects.toBeInstanceOf(Queued)
    await vi.waitFor(() => expect(outbox.items.value).toHaveLength(1))
    await vi.advanceTimersByTimeAsync(4000)
    await told
    open()
    await vi.waitFor(() => expect(outbox.items.value).toEqual([]))
    expect(texts(server)).toEqual(['lent'])
    expect(heard).toHaveBeenCalledOnce()
    vi.useRealTimers()
  })
})
