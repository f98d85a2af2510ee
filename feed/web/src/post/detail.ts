import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal } from '../api/request'
import type { Me, Post, PostDetail, Role } from '../api/types'
import { within } from '../feed/order'
import { lang } from '../i18n/lang'
import { useSession } from '../shell/session'

type Detail = { post?: PostDetail; /** Only what the feed knows. */ partial: boolean; error?: unknown; refresh: () => void }

/**
 * One post with its conversation, kept as new as the feed: whenever the feed
 * hears of a later change, the detail is read again, one reading at a time.
 */
export function useDetail(id: string): Detail {
  const { me, client, feed, expired } = useSession()
  const [post, setPost] = useState<PostDetail>()
  const [error, setError] = useState<unknown>()
  const reading = useRef(false)
  const again = useRef(false)

  const refresh = async (): Promise<void> => {
    again.current = reading.current
    if (reading.current) return
    reading.current = true
    try {
      const byStation = me.station && me.device?.kind === 'station'
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

  // Without a network the feed still knows the most of it.
  const partial = !post && live !== undefined && error !== undefined && !(error instanceof Refusal)
  const known = post ? together(post, live) : partial ? fromFeed(live, me) : undefined
  return { ...(known && { post: known }), partial, error, refresh: () => void refresh() }
}

/** A station offers what people do there, and asks who they are when they do it. */
const offered = (post: PostDetail): PostDetail => ({ ...post, can: { ...post.can, write: true, handle: true } })

/** The feed's version carries acts that the server has not confirmed yet. */
function together(post: PostDetail, live: Post | undefined): PostDetail {
  if (!live || live.change < post.change) return post
  const { thread, timeline, provenance, related, causes, actions, teams, mine, mine_noise, mine_read, mine_vote, seen_by, present, flags, can, way, links, practices } = post
  const own = { thread, timeline, related, causes, actions, teams, mine, mine_noise, seen_by, present, flags, can, way, links, practices, ...(provenance && { provenance }) }
  const said = { ...(mine_read && { mine_read }), ...(mine_vote !== undefined && { mine_vote }) }
  return { ...live, ...own, ...said, ...counted(post, live) }
}

/** What a poll counts is told to who has chosen, and the feed tells everybody the same. */
function counted(post: PostDetail, live: Post): Partial<Post> {
  const poll = post.mine_vote === undefined ? undefined : post.talk?.poll
  return live.talk && poll ? { talk: { ...live.talk, poll } } : {}
}

const hands: Role[] = ['operator', 'staff', 'lead', 'manager', 'station']

/** A post as far as its card goes; whoever works there may act on it, and the server judges when it hears of it. */
function fromFeed(post: Post, me: Me): PostDetail {
  const here = me.grants.filter((g) => within(post.territory, g.territory))
  const handle = here.some((g) => hands.includes(g.role))
  const can = { write: !me.station && here.length > 0, handle, shelve: false, oversee: false, animate: false, moderate: false, accept: false, admit: false, readers: false, end: false, capitalise: false, tend: false }
  const thread = post.last_comment ? [post.last_comment] : []
  return { ...post, thread, timeline: [], related: [], causes: [], actions: [], teams: [], mine: [], mine_noise: false, seen_by: 0, present: 0, flags: [], can, way: [], links: [], practices: [] }
}
