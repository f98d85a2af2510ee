import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { decimalsOf, formatNumber, unitLabel } from '../i18n/number'
import { Curve, drawingOf } from '../wire/Curve'

/** The value, large, with its curve and its limit. */
export function Measure({ post }: { post: Post }) {
  if (post.value === undefined) return null
  const w = words.value
  const decimals = decimalsOf(post)
  const unit = unitLabel(post.unit)
  const drawing = drawingOf(post)
  return (
    <div class={`measure ${post.stale ? 'stale' : ''}`}>
      <p class="value">
        {post.topic === 'stock' && <span>{w.erpStock}</span>}
        {formatNumber(w.locale, post.value, decimals)}
        {unit && <small>{unit}</small>}
      </p>
      {drawing && (
        <figure>
          <Curve post={post} />
          <figcaption>
            <span>{post.limit !== undefined && w.limit(`${formatNumber(w.locale, post.limit, decimals)} ${unit}`.trim())}</span>
            <span>{w.minutes(drawing.minutes)}</span>
          </figcaption>
        </figure>
      )}
    </div>
  )
}
