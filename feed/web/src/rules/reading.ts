import { useEffect, useState } from 'preact/hooks'

/** What a page reads once, again when asked: nothing yet, the answer, or that there was none. */
export type Reading<T> = { value?: T; failed: boolean; again: () => void; put: (value: T) => void }

export function useReading<T>(read: () => Promise<T>, key: unknown): Reading<T> {
  const [value, put] = useState<T>()
  const [failed, setFailed] = useState(false)
  const [round, setRound] = useState(0)
  useEffect(() => {
    let left = false
    setFailed(false)
    read().then(
      (next) => !left && put(() => next),
      () => !left && setFailed(true),
    )
    return () => (left = true, undefined)
  }, [key, round])
  return { ...(value !== undefined && { value }), failed, again: () => setRound(round + 1), put: (next) => put(() => next) }
}
