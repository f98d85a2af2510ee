import { computed, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Post } from '../api/types'
import { lang } from '../i18n/lang'
import { useSession } from '../shell/session'

const minute = 60_000

/** What the server says that whoever is here must read. */
const told = signal<readonly Post[]>([])
/** What they said they read, in these words, and the server may not know yet. */
const done = signal<ReadonlySet<string>>(new Set())

const wording = (post: Post): string => `${post.id} ${post.text ?? ''}`

/** The notices that stand on top of the home until they are read, the newest first. */
export const toRead = computed(() => told.value.filter((post) => !done.value.has(wording(post))))

/** Whether a post stands on top, and therefore not also further down. */
export const isOnTop = (post: Post): boolean => toRead.value.some((one) => one.id === post.id)

/** Takes a notice off the top; the returned function puts it back. */
export function putAway(post: Post): () => void {
  done.value = new Set([...done.peek(), wording(post)])
  return () => (done.value = new Set([...done.peek()].filter((one) => one !== wording(post))))
}

/**
 * Keeps the list as new as the feed: it is asked for again when a notice comes,
 * changes or ends, when somebody else stands here, and each minute, since a
 * shift may have begun.
 */
export function useToRead(): readonly Post[] {
  const { client, feed, me } = useSession()
  const notices = [...feed.known.value.values()].filter((post) => post.kind === 'must-read')
  const version = notices.map((post) => `${post.id} ${post.state} ${post.text}`).join()
  useEffect(() => {
    told.value = []
    done.value = new Set()
  }, [me.id])
  useEffect(() => {
    let left = false
    const ask = (): void => {
      if (document.hidden) return
      client.notices().then(
        (posts) => void (!left && (told.value = posts)),
        () => undefined, // what was told stays until the line is back
      )
    }
    ask()
    const timer = setInterval(ask, minute)
    document.addEventListener('visibilitychange', ask)
    return () => {
      left = true
      clearInterval(timer)
      document.removeEventListener('visibilitychange', ask)
    }
  }, [version, me.id, lang.value])
  return toRead.value
}
