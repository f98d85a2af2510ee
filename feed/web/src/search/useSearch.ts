import { useEffect, useRef, useState } from 'preact/hooks'
import { search, type Asked, type Results } from '../api/search'
import type { Client } from '../api/client'
import { Refusal } from '../api/request'
import { lang } from '../i18n/lang'
import { asksFor } from './asks'

const pause = 200

export type Search = {
  /** What answers, of what was asked last; stays while the next answer is on its way. */
  found?: Results & { q: string }
  busy: boolean
  /** Why there is no answer: the server's sentence, or that it was not reached. */
  failed?: string | true
  more: () => void
  again: () => void
}

/** Asks as somebody types: a moment after the last letter, and only the last answer counts. */
export function useSearch(client: Client, asked: Asked): Search {
  const [found, setFound] = useState<Results & { q: string }>()
  const [failed, setFailed] = useState<string | true>()
  const [busy, setBusy] = useState(false)
  const [round, setRound] = useState(0)
  const last = useRef(0)
  const begins = asksFor(asked)
  const key = JSON.stringify([asked, lang.value])
  const run = (wanted: Asked, after?: Results): void => {
    const turn = ++last.current
    setBusy(true)
    search(client, wanted).then(
      (next) => {
        if (turn !== last.current) return
        setFound({ ...next, q: wanted.q, ...(after && { results: [...after.results, ...next.results], people: after.people }) })
        setFailed(undefined)
        setBusy(false)
      },
      (err: unknown) => {
        if (turn !== last.current) return
        setFailed(err instanceof Refusal ? err.message : true)
        setBusy(false)
      },
    )
  }
  useEffect(() => {
    if (!begins) {
      last.current++
      setFound(undefined)
      setFailed(undefined)
      setBusy(false)
      return
    }
    const timer = setTimeout(() => run(asked), pause)
    return () => clearTimeout(timer)
  }, [key, round])
  return {
    ...(found && begins && { found }),
    ...(failed !== undefined && { failed }),
    busy: begins && (busy || !found),
    more: () => found?.next && !busy && run({ ...asked, cursor: found.next }, found),
    again: () => setRound(round + 1),
  }
}
