import type { Post } from '../api/types'
import { isOpen } from '../feed/order'
import { hasSteps, nextStation } from '../article/steps'
import { words } from '../i18n/lang'
import { useActs } from './acts'

/**
 * The keys of an article that is missing or sells well: the step that comes
 * next, and the two ends of a stock-out, each one touch away. They are aside
 * where another key is the likely one.
 */
export function ShelfKeys({ post, aside = false }: { post: Post; aside?: boolean }) {
  const { resolve, take, step } = useActs()
  const w = words.value
  if (!isOpen(post.state)) return null
  if (!hasSteps(post)) {
    return (
      <button type="button" class="key" onClick={() => void resolve(post, w.replenished)}>
        {w.replenished}
      </button>
    )
  }
  const next = nextStation(post)
  const act = {
    taken: { label: w.shop.take, run: () => void take(post) },
    backroom: { label: w.shop.check, run: () => void step(post, 'backroom') },
    ordered: { label: w.shop.order, run: () => void step(post, 'ordered') },
  }
  const begun = next && next !== 'shelved' ? act[next] : undefined
  return (
    <>
      {begun && (
        <button type="button" class="key next" onClick={begun.run}>
          {begun.label}
        </button>
      )}
      <button type="button" data-guide="back-on-shelf" class={`key ${aside ? '' : 'main'}`} onClick={() => void resolve(post, w.backOnShelf)}>
        {w.backOnShelf}
      </button>
      <button type="button" class="key" onClick={() => void resolve(post, w.shop.falseStock)}>
        {w.shop.falseStock}
      </button>
    </>
  )
}
