import { useEffect, useState } from 'preact/hooks'

/**
 * What a reading gives, read again at each interval while the page is seen.
 * A failed reading keeps the last one; undefined until the first.
 */
export function usePoll<T>(read: () => Promise<T>, interval: number, key: unknown): T | undefined {
  const [last, setLast] = useState<T>()
  useEffect(() => {
    let stopped = false
    const tick = (): void => {
      if (document.hidden) return
      read().then(
        (next) => !stopped && setLast(() => next),
        () => undefined,
      )
    }
    tick()
    const timer = setInterval(tick, interval)
    document.addEventListener('visibilitychange', tick)
    return () => {
      stopped = true
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [key])
  return last
}
