import { afterEach, describe, expect, it, vi } from 'vitest'
import { changeHands, read, readEarly, Refusal, Unreachable, write } from '../src/api/request'
import { uuid7 } from '../src/api/uuid'

type Call = [url: string, init: RequestInit & { headers: Record<string, string> }]

function answers(...responses: (Response | Error)[]) {
  const fetch = vi.fn(async (..._call: Call) => {
    const next = responses.shift()!
    if (next instanceof Error) throw next
    return next
  })
  vi.stubGlobal('fetch', fetch)
  return fetch
}
const json = (body: unknown, init?: ResponseInit): Response => new Response(JSON.stringify(body), init)
const noNetwork = new TypeError('Failed to fetch')

afterEach(() => vi.unstubAllGlobals())

describe('a write', () => {
  it('is sent once more under the same key when the network fails', async () => {
    const fetch = answers(noNetwork, json({ id: 'c1' }, { status: 201 }))
    expect((await write<{ id: string }>('POST', '/x', { text: 'vu' })).body.id).toBe('c1')
    expect(fetch).toHaveBeenCalledTimes(2)
    const [first, second] = fetch.mock.calls.map(([, init]) => init)
    expect(first!.headers['Idempotency-Key']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(second!.headers['Idempotency-Key']).toBe(first!.headers['Idempotency-Key'])
    expect(second!.body).toBe(first!.body)
  })

  it('gives up after the second failure', async () => {
    const fetch = answers(noNetwork, noNetwork)
    await expect(write('POST', '/x')).rejects.toBeInstanceOf(Unreachable)
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it('is not repeated when the server refuses, and says why in the reader’s language', async () => {
    const problem = { title: 'Conflict', status: 409, detail: 'Cette publication est déjà terminée.' }
    const fetch = answers(json(problem, { status: 409 }))
    await expect(write('POST', '/x')).rejects.toThrow('Cette publication est déjà terminée.')
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('takes a gateway’s error page for a network failure', async () => {
    answers(new Response('<html>', { status: 502 }), json({}))
    await expect(write('POST', '/x')).resolves.toBeDefined()
  })

  it('uses another key each time', async () => {
    const fetch = answers(json({}), json({}))
    await write('POST', '/x')
    await write('POST', '/x')
    const keys = fetch.mock.calls.map(([, init]) => init.headers['Idempotency-Key'])
    expect(new Set(keys).size).toBe(2)
  })
})

describe('a refusal', () => {
  it('tells how long to wait', async () => {
    answers(json({ title: 'Locked', status: 423 }, { status: 423, headers: { 'Retry-After': '900' } }))
    const err = await read('/session').catch((e: unknown) => e)
    expect(err).toBeInstanceOf(Refusal)
    expect(err).toMatchObject({ status: 423, retryAfter: 900, message: 'Locked' })
  })
})

describe('uuid7', () => {
  it('is a version 7 UUID that sorts by the time it was made', () => {
    const ids = [1, 2, 1_763_719_200_000, 1_763_719_200_001].map((at) => uuid7(at))
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect([...ids].sort()).toEqual(ids)
    expect(parseInt(ids[2]!.replace(/-/g, '').slice(0, 12), 16)).toBe(1_763_719_200_000)
  })
})

describe('an early reading', () => {
  it('answers whoever reads it first, once', async () => {
    const fetch = answers(json({ n: 1 }), json({ n: 2 }))
    readEarly('/early')
    expect((await read('/early')).body).toEqual({ n: 1 })
    expect((await read('/early')).body).toEqual({ n: 2 })
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it('is worth nothing once somebody signed in', async () => {
    answers(json({ title: 'Unauthorized' }, { status: 401 }), json({ id: 'm1' }), json({ n: 2 }))
    readEarly('/early')
    await write('POST', '/session', { pin: '1234' })
    expect((await read('/early')).body).toEqual({ n: 2 })
  })

  it('is not shown to who comes next', async () => {
    answers(json({ of: 'Karim' }), json({ of: 'Léa' }))
    readEarly('/early')
    changeHands()
    expect((await read('/early')).body).toEqual({ of: 'Léa' })
  })
})
