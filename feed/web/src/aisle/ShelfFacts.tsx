import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { decimalsOf, formatNumber, unitLabel } from '../i18n/number'
import { formatTime, now } from '../i18n/time'

/** The stock the ERP believes in, and how old that belief is. */
export function ShelfFacts({ post }: { post: Post }) {
  const w = words.value
  if (post.value === undefined || post.topic !== 'stock') return null
  const counted = post.series?.at(-1)?.[0]
  return (
    <p class="facts">
      {w.erpStock} <b>{formatNumber(w.locale, post.value, decimalsOf(post))}</b> {unitLabel(post.unit)}
      {counted !== undefined && <span>{w.dataOf(formatTime(w, new Date(counted).toISOString(), now.value))}</span>}
    </p>
  )
}
