import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Memory } from '../api/client'
import type { Me, Seal } from '../api/types'
import { canSeal } from '../seal/seal'

// What this device knows for when the network is away: who reads here, and
// what they last read. A person on a shared device leaves nothing of it; the
// device itself, and a person on their own, do.

const name = 'fildefer-kept'

interface Schema extends DBSchema {
  things: { key: string; value: unknown }
}

/** A seal behind a key that no script can read. */
type LockedSeal = { id: string; lock: CryptoKey; iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }

let database: Promise<IDBPDatabase<Schema>> | undefined
/** For whom things are kept now; nobody's are without it. */
let owner: string | undefined

/** Remembers who reads here, where that may be remembered. */
export async function keepReader(me: Me): Promise<void> {
  owner = me.device && !me.station ? undefined : me.id
  if (!owner) return
  const { seal, ...reader } = me
  await quietly(async () => {
    const old = (await get('reader')) as Me | undefined
    if (old && old.id !== me.id) await clear()
    await put('reader', reader)
    if (seal && canSeal()) await put('seal', await lockUp(seal))
  })
}

/** Who read here last. */
export async function lastReader(): Promise<Me | undefined> {
  return quietly(async () => {
    const [reader, locked] = (await Promise.all([get('reader'), get('seal')])) as [Me | undefined, LockedSeal | undefined]
    if (!reader) return undefined
    owner = reader.id
    return { ...reader, ...(locked && { seal: await unlock(locked) }) }
  })
}

/** Keeps and recalls what the reader read. Nothing fails for want of it. */
export const kept: Memory = {
  keep: (name, value) => void (owner && quietly(() => put(`read ${name}`, value))),
  recall: async <T>(name: string) => (owner ? ((await quietly(() => get(`read ${name}`))) as T | undefined) : undefined),
}

/** Forgets the reader, and all they read. */
export async function wipe(): Promise<void> {
  owner = undefined
  await quietly(clear)
}

/** A disk that is full, or closed to us, costs the memory, not the screen. */
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch {
    return undefined
  }
}

async function lockUp(seal: Seal): Promise<LockedSeal> {
  const lock = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, lock, new TextEncoder().encode(seal.key))
  return { id: seal.id, lock, iv, data }
}

async function unlock({ id, lock, iv, data }: LockedSeal): Promise<Seal> {
  return { id, key: new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, lock, data)) }
}

function db(): Promise<IDBPDatabase<Schema>> {
  const forget = (): void => void (database = undefined)
  database ??= openDB<Schema>(name, 1, {
    upgrade: (db) => void db.createObjectStore('things'),
    // Whoever removes it all must not wait for this page.
    blocking: (_now, _next, event) => {
      forget()
      ;(event.target as IDBDatabase).close()
    },
    terminated: forget,
  })
  database.catch(forget)
  return database
}

const get = async (key: string): Promise<unknown> => (await db()).get('things', key)
const put = async (key: string, value: unknown): Promise<void> => void (await (await db()).put('things', value, key))
const clear = async (): Promise<void> => (await db()).clear('things')
