import { useEffect, useRef, useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { lang } from '../i18n/lang'
import { useSession } from '../shell/session'

type Detail = { post?: PostDetail; error?: unknown; refresh: () => void }

/**
 * One post with its conversation, kept as new as the feed: whenever the feed
 * hears of a later change, the detail is read again, one reading at a time.
 */
export function useDetail(id: string): Detail {
  const { client, feed } = useSession()
  const [post, setPost] = useState<PostDetail>()
  const [error, setError] = useState<unknown>()
  const reading = useRef(false)
  const again = useRef(false)

  const refresh = async (): Promise<void> => {
    again.current = reading.current
    if (reading.current) return
    reading.current = true
    try {
      const next = await client.post(id)
      feed.confirm(next)
      setPost(next)
      setError(undefined)
    } catch (err) {
      setError(err)
    } finally {
      reading.current = false
      if (again.current) void refresh()
    }
  }

  const live = feed.posts.value.get(id)
  const behind = live !== undefined && post !== undefined && live.change > post.change
  useEffect(() => void refresh(), [id, lang.value])
  useEffect(() => {
    if (behind) void refresh()
  }, [live?.change])

  // The feed's version carries acts that the server has not confirmed yet.
  const shown = post && live && live.change >= post.change ? { ...post, ...live, thread: post.thread, timeline: post.timeline, mine: post.mine, can: post.can } : post
  return { ...(shown && { post: shown }), error, refresh: () => void refresh() }
}
