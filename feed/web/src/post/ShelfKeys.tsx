import { useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { useActs } from './acts'
import { useConfirm } from './confirm'

/** The keys of an article: back on the shelf, or empty indeed. */
export function ShelfKeys({ post }: { post: Post }) {
  const { me } = useSession()
  const { resolve } = useActs()
  const confirm = useConfirm()
  const [confirmed, setConfirmed] = useState(false)
  const w = words.value
  if (!isOpen(post.state)) return null
  const settled = post.kind === 'selling-well' ? w.replenished : w.backOnShelf
  const confirmEmpty = async (): Promise<void> => {
    setConfirmed(true)
    setConfirmed(await confirm(post))
  }
  return (
    <>
      <button type="button" data-guide="back-on-shelf" class={`key ${post.kind === 'selling-well' ? '' : 'main'}`} onClick={() => void resolve(post, settled)}>
        {settled}
      </button>
      {/* Who reported it has said so already. */}
      {post.kind !== 'selling-well' && post.author.member !== me.id && (
        <button type="button" class="key" disabled={confirmed} onClick={() => void confirmEmpty()}>
          {w.emptyConfirmed}
        </button>
      )}
    </>
  )
}
