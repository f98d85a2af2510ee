import { askProof } from '../proof/proof'
import type { Fault, Problem } from './types'
import { uuid7 } from './uuid'

/** The server understood and refused; its sentence is for the person. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Seconds to wait before another try, when the server says. */
    readonly retryAfter?: number,
    /** What is wrong, one by one. */
    readonly faults: readonly Fault[] = [],
    /** What kind of refusal, where the screens can settle it. */
    readonly type = '',
  ) {
    super(message)
  }
}

/** The server could not be reached: nothing is known of what it did. */
export class Unreachable extends Error {}

export type Answer<T> = { body: T; headers: Headers }

/** Reads; a read may always be repeated, so it carries no key. */
export function read<T>(url: string): Promise<Answer<T>> {
  const asked = early.get(url)
  early.delete(url)
  return answer<T>(asked ?? ask(url, { method: 'GET' }))
}

/** What was asked before anybody needed it, until somebody does. */
const early = new Map<string, Asked>()
const fresh = 5000

/**
 * Asks for what will surely be read in a moment; whoever reads it first has the
 * answer. Until then it is not even unpacked: the first picture goes before.
 */
export function readEarly(url: string): void {
  const asked = ask(url, { method: 'GET' })
  asked.response.catch(() => undefined)
  early.set(url, asked)
  setTimeout(() => {
    if (early.get(url) !== asked) return
    early.delete(url)
    asked.abort()
  }, fresh)
}

let hands = 0

/**
 * Somebody else has this device: what was being sent for who had it is not sent
 * again in their name, and what was read for them is not shown to who comes.
 */
export function changeHands(): void {
  hands++
  early.clear()
}

/**
 * Writes under one Idempotency-Key; typedAt is when the person did it. When the network fails the same request is
 * sent once more with the same key: whether or not the first one arrived, it
 * has effect once.
 */
export async function write<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
  key: string = uuid7(),
  typedAt?: string,
): Promise<Answer<T>> {
  const headers: Record<string, string> = { 'Idempotency-Key': key, ...(typedAt && { 'Typed-At': typedAt }) }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const init: RequestInit = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const author = hands
  // It may change any answer: who is here, or what they may see.
  early.clear()
  try {
    return await send<T>(url, init)
  } catch (err) {
    // Whoever shows again who they are does what they meant to do.
    if (err instanceof Refusal && err.type === 'step-up' && (await askProof())) return send<T>(url, init)
    if (!(err instanceof Unreachable)) throw err
    await new Promise((resolve) => setTimeout(resolve, retryPause))
    if (author !== hands) throw err
    return send<T>(url, init)
  }
}

const retryPause = 400
const patience = 10_000

const send = <T>(url: string, init: RequestInit): Promise<Answer<T>> => answer<T>(ask(url, init))

/** A request that has left. */
type Asked = { what: string; response: Promise<Response>; abort: () => void; patience: ReturnType<typeof setTimeout> }

function ask(url: string, init: RequestInit): Asked {
  const control = new AbortController()
  const abort = (): void => control.abort()
  const response = fetch(url, { ...init, credentials: 'same-origin', signal: control.signal })
  return { what: `${init.method} ${url}`, response, abort, patience: setTimeout(abort, patience) }
}

async function answer<T>(asked: Asked): Promise<Answer<T>> {
  try {
    const res = await asked.response
    const text = await res.text()
    if (!res.ok) throw refusal(res, text)
    return { body: (text ? JSON.parse(text) : undefined) as T, headers: res.headers }
  } catch (err) {
    if (err instanceof Refusal) throw err
    throw new Unreachable(`${asked.what}: ${String(err)}`)
  } finally {
    clearTimeout(asked.patience)
  }
}

// A gateway that answers for an absent server speaks no problem+json: it is
// the network failing, not the server refusing.
function refusal(res: Response, text: string): Error {
  const problem = parse(text)
  if (!problem && res.status >= 502 && res.status <= 504) return new Unreachable(`${res.status} from ${res.url}`)
  const wait = Number(res.headers.get('Retry-After'))
  return new Refusal(res.status, problem?.detail || problem?.title || '', wait > 0 ? wait : undefined, problem?.errors ?? [], problem?.type)
}

function parse(text: string): Problem | undefined {
  try {
    return JSON.parse(text) as Problem
  } catch {
    return undefined
  }
}
