const key = 'fildefer.searches'
const most = 6

/** What was looked for on this device lately, the last first. Nothing of it leaves the device. */
export function recent(storage: Pick<Storage, 'getItem'>, member: string): string[] {
  try {
    const kept = JSON.parse(storage.getItem(key) ?? '{}') as { member?: string; asked?: unknown }
    if (kept.member !== member || !Array.isArray(kept.asked)) return []
    return kept.asked.filter((one): one is string => typeof one === 'string').slice(0, most)
  } catch {
    return []
  }
}

/** Remembers what led somewhere. Of what was typed letter by letter only the whole is kept. */
export function remember(storage: Pick<Storage, 'getItem' | 'setItem'>, member: string, asked: string): string[] {
  const words = asked.trim()
  if (words.length < 2) return recent(storage, member)
  const others = recent(storage, member).filter((one) => one.toLowerCase() !== words.toLowerCase())
  const next = [words, ...others].slice(0, most)
  try {
    storage.setItem(key, JSON.stringify({ member, asked: next }))
  } catch {
    // A full or closed storage forgets; nothing else depends on it.
  }
  return next
}

export const forget = (storage: Pick<Storage, 'removeItem'>): void => storage.removeItem(key)
