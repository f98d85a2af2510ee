import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal } from '../api/request'
import type { Replay } from '../api/rule'
import type { Fault } from '../api/types'
import { words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'

const every = 1000
const draft = 'fildefer.trial'

/** A trial of rules on the past: what is typed, how far it is, what it found. */
export type Trial = {
  text: string
  write: (text: string) => void
  replay: Replay | undefined
  faults: readonly Fault[]
  error: string | undefined
  start: (period: number, against: boolean) => Promise<void>
  stop: () => void
}

/** The text outlives the page; a trial ends with it. */
export function useTrial(): Trial {
  const { client } = useSession()
  const [text, setText] = useState(() => sessionStorage.getItem(draft) ?? '')
  const [replay, setReplay] = useState<Replay>()
  const [refused, setRefused] = useState<{ error: string; faults: readonly Fault[] }>()
  const running = useRef<string>()
  const timer = useRef(0)

  const end = (): void => {
    clearTimeout(timer.current)
    if (running.current) void client.forget(running.current).catch(() => undefined)
    running.current = undefined
  }
  useEffect(() => end, [])

  const follow = async (id: string): Promise<void> => {
    try {
      const next = await client.replay(id)
      if (running.current !== id) return
      setReplay(next)
      if (next.state !== 'running') return
    } catch (err) {
      if (running.current !== id) return
      if (err instanceof Refusal) {
        setReplay(undefined)
        setRefused({ error: explain(words.peek(), err), faults: [] })
        return
      }
    }
    timer.current = window.setTimeout(() => void follow(id), every)
  }

  return {
    text,
    write: (next) => {
      sessionStorage.setItem(draft, next)
      setText(next)
    },
    replay,
    faults: refused?.faults ?? [],
    error: refused?.error,
    start: async (period, against) => {
      end()
      setRefused(undefined)
      setReplay({ state: 'running', progress: 0 })
      const to = Date.now()
      const trial = { rules: text, against, from: new Date(to - period).toISOString(), to: new Date(to).toISOString() }
      try {
        running.current = await client.try(trial)
        await follow(running.current)
      } catch (err) {
        setReplay(undefined)
        setRefused({ error: explain(words.peek(), err), faults: err instanceof Refusal ? err.faults : [] })
      }
    },
    stop: () => {
      end()
      setReplay(undefined)
    },
  }
}
