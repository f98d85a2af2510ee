import { useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { Key } from '../post/Key'
import { useOnce } from '../shell/once'
import { useSession } from '../shell/session'

/** The quick keys of an article: back on the shelf, or empty indeed. */
export function ShelfKeys({ post }: { post: Post }) {
  const { client, feed, say } = useSession()
  const { attempt, resolve } = useActs()
  const { keyOf } = useOnce()
  const [confirmed, setConfirmed] = useState(false)
  const w = words.value
  if (!isOpen(post.state)) return null
  if (!post.sku) return <div class="keys"><Key post={post} /></div>
  if (post.kind === 'selling-well') {
    return (
      <div class="keys">
        <button type="button" class="key" onClick={() => void resolve(post, w.replenished)}>
          {w.replenished}
        </button>
      </div>
    )
  }
  const confirm = async (): Promise<void> => {
    setConfirmed(true)
    const done = await attempt(async () => {
      const draft = { kind: 'stock-out' as const, territory: post.territory, sku: post.sku! }
      const { post: joined } = await client.report(draft, keyOf(draft))
      feed.confirm(joined)
      say({ text: w.joined })
    })
    setConfirmed(done)
  }
  return (
    <div class="keys">
      <button type="button" class="key main" onClick={() => void resolve(post, w.backOnShelf)}>
        {w.backOnShelf}
      </button>
      <button type="button" class="key" disabled={confirmed} onClick={() => void confirm()}>
        {w.emptyConfirmed}
      </button>
    </div>
  )
}
