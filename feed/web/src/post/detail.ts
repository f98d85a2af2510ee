import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal } from '../api/request'
import type { Post, PostDetail } from '../api/types'
import { lang } from '../i18n/lang'
import { useSession } from '../shell/session'

type Detail = { post?: PostDetail; error?: unknown; refresh: () => void }

/**
 * One post with its conversation, kept as new as the feed: whenever the feed
 * hears of a later change, the detail is read again, one reading at a time.
 */
export function useDetail(id: string): Detail {
  const { client, feed, me, expired } = useSession()
  const [post, setPost] = useState<PostDetail>()
  const [error, setError] = useState<unknown>()
  const reading = useRef(false)
  const again = useRef(false)

  const refresh = async (): Promise<void> => {
    again.current = reading.current
    if (reading.current) return
    reading.current = true
    try {
      const byStation = me.station
      const next = await client.post(id)
      feed.confirm(next)
      setPost(byStation ? offered(next) : next)
      setError(undefined)
    } catch (err) {
      if (err instanceof Refusal && err.status === 401) expired()
      setError(err)
    } finally {
      reading.current = false
      if (again.current) void refresh()
    }
  }

  const live = feed.posts.value.get(id)
  useEffect(() => void refresh(), [id, lang.value, me.id])
  useEffect(() => {
    if (live && post && live.change > post.change) void refresh()
  }, [live?.change, post?.change])

  return { ...(post && { post: together(post, live) }), error, refresh: () => void refresh() }
}

/** A station offers what people do there, and asks who they are when they do it. */
const offered = (post: PostDetail): PostDetail => ({ ...post, can: { ...post.can, write: true, handle: true } })

/** The feed's version carries acts that the server has not confirmed yet. */
function together(post: PostDetail, live: Post | undefined): PostDetail {
  if (!live || live.change < post.change) return post
  const { thread, timeline, provenance, related, causes, actions, teams, mine, mine_noise, can } = post
  const own = { thread, timeline, related, causes, actions, teams, mine, mine_noise, can, ...(provenance && { provenance }) }
  return { ...live, ...own }
}
