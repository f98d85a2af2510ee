import { draftBox } from '../draft/box'
import { wipe as forgetReader } from '../offline/kept'

// What a device keeps whoever stands before it: its own language and theme, and
// records that only their authors can open.
const ownKeys = ['fildefer.lang', 'fildefer.theme', 'fildefer.leaving']
const sealedBoxes = [draftBox, 'fildefer-outbox']
const shell = /precache/

/**
 * Removes from this device what the person who leaves could read on it. What
 * is not known to be nobody's is taken for theirs.
 */
export async function wipe(): Promise<void> {
  sessionStorage.clear()
  for (const key of Object.keys(localStorage)) if (!ownKeys.includes(key)) localStorage.removeItem(key)
  await forgetReader()
  await Promise.all([wipeDatabases(), wipeCaches()]).catch(() => undefined)
}

async function wipeDatabases(): Promise<void> {
  const all = (await indexedDB.databases?.()) ?? []
  const personal = all.flatMap(({ name }) => (name && !sealedBoxes.includes(name) ? [name] : []))
  await Promise.all(personal.map(removed))
}

/** Removed, or to be removed as soon as whoever holds it open lets go. */
const removed = (name: string): Promise<void> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = request.onerror = request.onblocked = () => resolve()
  })

async function wipeCaches(): Promise<void> {
  if (!('caches' in window)) return
  const names = await caches.keys()
  await Promise.all(names.filter((name) => !shell.test(name)).map((name) => caches.delete(name)))
}
