import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import { putAway } from './toRead'

/** Says that one read and understood a notice: it leaves the top at once. On a station each says who they are. */
export function useReading(): (post: Post) => Promise<void> {
  const { client, feed, me, say } = useSession()
  const { attempt } = useActs()
  return async (post) => {
    let back: (() => void) | undefined
    const read = await attempt(async () => {
      if (!me.station) back = putAway(post)
      feed.confirm(await client.markRead(post.id))
      say({ text: words.peek().groups.thanks })
    })
    if (!read) back?.()
  }
}
