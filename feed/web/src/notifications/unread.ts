import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { useSession } from '../shell/session'

// The stream says when to ask again; it knows only of its own node, and is not
// always there.
const every = 20_000

/** How much of what the person is told is unread; undefined until it is known. */
export function useUnread(): number | undefined {
  const { client, feed } = useSession()
  const unread = useSignal<number | undefined>(undefined)
  const told = feed.tolls.value
  useEffect(() => {
    let left = false
    const ask = (): void => {
      if (document.hidden) return
      client.unread().then(
        (n) => !left && (unread.value = n),
        () => undefined,
      )
    }
    ask()
    const timer = setInterval(ask, every)
    document.addEventListener('visibilitychange', ask)
    return () => {
      left = true
      clearInterval(timer)
      document.removeEventListener('visibilitychange', ask)
    }
  }, [told])
  return unread.value
}
