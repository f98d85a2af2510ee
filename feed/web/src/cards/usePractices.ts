import { useCallback, useEffect, useState } from 'preact/hooks'
import type { PracticeList, PracticeListName } from '../api/practice'
import { lang } from '../i18n/lang'
import { useSession } from '../shell/session'
import { Shelf } from './shelf'

const every = 30_000

/** A list of good practices, read again as time passes; look reads it now. */
export function usePractices(state: PracticeListName, place: string): { list?: PracticeList; failed: boolean; look: () => void } {
  const { client } = useSession()
  const [read, setRead] = useState<{ key: string; list: PracticeList }>()
  const [failed, setFailed] = useState(false)
  const key = `${state} ${place} ${lang.value}`
  const look = useCallback(() => {
    new Shelf(client).list(state, place).then(
      (list) => {
        setRead({ key, list })
        setFailed(false)
      },
      () => setFailed(true),
    )
  }, [key])
  useEffect(() => {
    look()
    const timer = setInterval(() => !document.hidden && look(), every)
    return () => clearInterval(timer)
  }, [look])
  return { ...(read?.key === key && { list: read.list }), failed, look }
}
