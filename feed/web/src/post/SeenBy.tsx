import { useEffect } from 'preact/hooks'
import { write } from '../api/request'
import type { PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'

/** How many of those present opened the post; whoever opens it is counted, without a time. */
export function SeenBy({ post }: { post: PostDetail }) {
  const { client, me } = useSession()
  useEffect(() => {
    if (!me.station) void write('POST', client.url('/seen'), { posts: [post.id] }).catch(() => undefined)
  }, [post.id, me.id])
  if (post.present === 0) return null
  return <p class="seen-by quiet">{words.value.people.seenBy(post.seen_by, post.present)}</p>
}
