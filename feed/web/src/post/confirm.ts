import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { useOnce } from '../shell/once'
import { useSession } from '../shell/session'
import { useActs } from './acts'

/** Confirms that the shelf is empty indeed; tells whether that arrived. */
export function useConfirm(): (post: Post) => Promise<boolean> {
  const { client, feed, say } = useSession()
  const { attempt } = useActs()
  const { keyOf } = useOnce()
  return (post) =>
    attempt(async () => {
      const draft = { kind: 'stock-out' as const, territory: post.territory, sku: post.sku! }
      const { post: joined } = await client.report(draft, keyOf(draft))
      feed.confirm(joined)
      say({ text: words.peek().thanks(joined.me_too) })
    })
}
