import { useState } from 'preact/hooks'
import type { Kind, Post } from '../api/types'
import { words } from '../i18n/lang'
import { ShelfKeys } from '../post/ShelfKeys'
import { useSession } from '../shell/session'
import { useReport } from './send'

type Props = {
  sku: string
  place: string
  /** The stock-out that is there already, if any. */
  thread: Post | undefined
  onOther: () => void
}

/** What one may say of an article: one touch sends it. Of what is reported already, that one sees it too. */
export function ArticleKeys({ sku, place, thread, onOther }: Props) {
  const { me } = useSession()
  const { send } = useReport()
  const [sending, setSending] = useState(false)
  const w = words.value.shop
  const report = async (kind: Kind, what: string): Promise<void> => {
    setSending(true)
    await send({ kind, territory: place, sku }, what)
    setSending(false)
  }
  const others: [Kind, string][] = [
    ['phantom-stock', w.phantom],
    ['selling-well', w.sellsWell],
    ['price-point', w.priceTag],
  ]
  const own = thread?.author.member === me.id
  return (
    <footer class={`article-keys ${thread ? 'reported' : ''}`} aria-label={words.value.mainActions}>
      {!thread && (
        <button type="button" data-guide="stock-out" class="key main wide" disabled={sending} onClick={() => void report('stock-out', w.stockOut)}>
          {w.stockOut}
        </button>
      )}
      {thread && !own && (
        <button type="button" data-guide="stock-out" class="key main wide" disabled={sending} onClick={() => void report('stock-out', w.meToo)}>
          {w.meToo}
        </button>
      )}
      {thread && (
        <div class="ends">
          <ShelfKeys post={thread} aside={!own} />
        </div>
      )}
      {others.map(([kind, what]) =>
        thread && kind === 'phantom-stock' ? null : (
          <button type="button" key={kind} class="key" disabled={sending} onClick={() => void report(kind, what)}>
            {what}
          </button>
        ),
      )}
      <button type="button" class="key" onClick={onOther}>
        {w.other}
      </button>
    </footer>
  )
}
