import { useEffect, useState } from 'preact/hooks'
import type { Sheet } from '../api/living'
import { Refusal } from '../api/request'
import { lang } from '../i18n/lang'
import { useSession } from '../shell/session'

const every = 30_000

/** The sheet of the running shift; none where no shift works, failed while it cannot be read. */
export type Running = { sheet?: Sheet; state: 'loading' | 'ready' | 'none' | 'failed' }

/** Reads what the running shift would hand over, again and again while it is looked at. */
export function useRunning(place: string): Running {
  const { client } = useSession()
  const [running, setRunning] = useState<Running>({ state: 'loading' })
  useEffect(() => {
    let left = false
    const read = (): void => {
      client.sheet(place).then(
        (sheet) => !left && setRunning({ sheet, state: 'ready' }),
        (err: unknown) => {
          const none = err instanceof Refusal && err.status === 404
          if (!left) setRunning((last) => (none ? { state: 'none' } : { ...last, state: 'failed' }))
        },
      )
    }
    read()
    const timer = setInterval(read, every)
    return () => {
      left = true
      clearInterval(timer)
    }
  }, [place, lang.value])
  return running
}
