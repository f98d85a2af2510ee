import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Balance, BehindPage } from '../api/balance'
import { words } from '../i18n/lang'
import { PostList } from '../post/PostList'
import { useReading } from '../rules/reading'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'
import { addedSays, madeSays, nameOf, type Opened, partSays } from './opened'

type Props = { balance: Balance; opened: Opened; onClose: () => void }

/** The posts that a figure was made of, what each adds to it, and why they may not make what was shown. */
export function Behind({ balance, opened, onClose }: Props) {
  const { client, say } = useSession()
  const dialog = useRef<HTMLDialogElement>(null)
  const read = (after: number): Promise<BehindPage> => client.behind(opened.territory ?? balance.territory, opened.period ?? balance.period.id, opened.figure, after)
  const found = useReading(() => read(0), opened.figure)
  const [busy, setBusy] = useState(false)
  const w = words.value
  const b = w.balance
  const page = found.value
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const more = async (): Promise<void> => {
    if (!page?.next || busy) return
    setBusy(true)
    try {
      found.put(joined(page, await read(page.next)))
    } catch (err) {
      say({ text: explain(words.peek(), err), grave: true })
    }
    setBusy(false)
  }
  return (
    <dialog ref={dialog} class="resolve behind" aria-labelledby="behind-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="behind-title">{b.behind(opened.title)}</h2>
      <div class="found-posts" onClick={(e) => (e.target as Element).closest('a') && onClose()}>
        {found.failed && <p class="error">{b.failed}</p>}
        {!page && !found.failed && <p class="quiet">{w.loading}</p>}
        {page && (
          <>
            {madeSays(w, page, opened, balance).map((line) => (
              <p key={line}>{line}</p>
            ))}
            <PostList posts={page.posts} beside={(nth) => <Added page={page} nth={nth} balance={balance} />} />
          </>
        )}
        {page?.next && (
          <button type="button" class="key" aria-disabled={busy} onClick={() => void more()}>
            {b.behindNext(page.all - page.next)}
          </button>
        )}
      </div>
      <button type="button" class="key" onClick={() => dialog.current?.close()}>
        {b.close}
      </button>
    </dialog>
  )
}

/** What a post adds to the figure, and what that is made of. */
function Added({ page, nth, balance }: { page: BehindPage; nth: number; balance: Balance }) {
  const w = words.value
  const { value, parts } = page.adds[nth] ?? {}
  if (value === undefined) return null
  return (
    <div class="added">
      <b>{addedSays(w, page.unit, value, balance.cost?.currency)}</b>
      {parts?.map((part) => (
        <small key={part.name}>
          {nameOf(w, part)} {partSays(w, part)}
        </small>
      ))}
    </div>
  )
}

const joined = (before: BehindPage, next: BehindPage): BehindPage => ({
  ...next,
  posts: [...before.posts, ...next.posts],
  adds: [...before.adds, ...next.adds],
  hidden: before.hidden + next.hidden,
})
