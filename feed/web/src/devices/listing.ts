import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '../api/request'
import { words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'

type Listing<T> = {
  rows: T[] | undefined
  failed: boolean
  again: () => void
  /** Does something to a row, then reads all of them anew; undefined when it was refused. */
  change: <R>(work: () => Promise<R>) => Promise<R | undefined>
}

/** Rows that the server keeps, read when shown and after each change. */
export function useListing<T>(read: () => Promise<T[]>): Listing<T> {
  const { say, expired } = useSession()
  const [rows, setRows] = useState<T[]>()
  const [failed, setFailed] = useState(false)
  const again = (): void => {
    setFailed(false)
    read().then(setRows, () => setFailed(true))
  }
  useEffect(again, [])
  const change = async <R>(work: () => Promise<R>): Promise<R | undefined> => {
    try {
      return await work()
    } catch (err) {
      if (err instanceof Refusal && err.status === 401) expired()
      say({ text: explain(words.peek(), err), grave: true })
      return undefined
    } finally {
      again()
    }
  }
  return { rows, failed, again, change }
}
