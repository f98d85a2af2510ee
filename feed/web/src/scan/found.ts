import { useEffect, useState } from 'preact/hooks'
import type { Found } from '../api/article'
import { useSession } from '../shell/session'

const pause = 250 // ms without a key, before asking
const shortest = 2

/** Articles that somebody who typed this may mean; undefined while nobody can tell. */
export function useFound(typed: string): Found[] | undefined {
  const { client } = useSession()
  const [found, setFound] = useState<Found[]>()
  useEffect(() => {
    setFound(undefined)
    const asked = typed.trim()
    if (asked.length < shortest) return
    let over = false
    const ask = (): void =>
      void client.articles(asked).then(
        (list) => over || setFound(list),
        () => undefined,
      )
    const timer = setTimeout(ask, pause)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [typed])
  return found
}
