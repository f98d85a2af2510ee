import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Balance } from '../api/balance'
import { words } from '../i18n/lang'
import { PostList } from '../post/PostList'
import { useReading } from '../rules/reading'
import { useSession } from '../shell/session'

type Props = { balance: Balance; figure: string; title: string; onClose: () => void }

/** The posts that a figure was made of. */
export function Behind({ balance, figure, title, onClose }: Props) {
  const { client } = useSession()
  const dialog = useRef<HTMLDialogElement>(null)
  const found = useReading(() => client.behind(balance.territory, balance.period.id, figure), figure)
  const w = words.value
  const b = w.balance
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="resolve behind" aria-labelledby="behind-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="behind-title">{b.behind(title)}</h2>
      <div class="found-posts" onClick={(e) => (e.target as Element).closest('a') && onClose()}>
        {found.failed && <p class="error">{b.failed}</p>}
        {!found.value && !found.failed && <p class="quiet">{w.loading}</p>}
        {found.value?.posts.length === 0 && <p class="quiet">{b.behindNone}</p>}
        {found.value && found.value.posts.length > 0 && (
          <>
            <p class="quiet">{b.behindMore(found.value.posts.length, found.value.all)}</p>
            <PostList posts={found.value.posts} />
          </>
        )}
      </div>
      <button type="button" class="key" onClick={() => dialog.current?.close()}>
        {b.close}
      </button>
    </dialog>
  )
}
