import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { decimalsOf, formatNumber, unitLabel } from '../i18n/number'
import { formatTime, now } from '../i18n/time'
import { Curve, drawingOf } from '../wire/Curve'
import { Measure } from './Measure'
import './chart.css'

const minute = 60_000

/** The value, large, over its curve with axes: when, between what, and its limit. */
export function Chart({ post }: { post: Post }) {
  const w = words.value
  const drawing = drawingOf(post)
  if (!drawing || post.value === undefined) return <Measure post={post} />
  const unit = unitLabel(post.unit)
  const say = (v: number): string => formatNumber(w.locale, v, decimalsOf(post))
  const at = (ms: number): string => formatTime(w, new Date(ms).toISOString(), now.value)
  const marks = [drawing.minutes, drawing.minutes / 2].map((back) => at(drawing.to - back * minute))
  return (
    <div class={`measure chart ${post.stale ? 'stale' : ''}`}>
      <div class="figures">
        <p class="value">
          {post.topic === 'stock' && <span>{w.erpStock}</span>}
          {say(post.value)}
          {unit && <small>{unit}</small>}
        </p>
        <p class="bounds">
          {post.limit !== undefined && <span class="limit">{w.limit(`${say(post.limit)} ${unit}`.trim())}</span>}
          <span>{w.lines.lowest(say(drawing.lowest))}</span>
          <span>{w.lines.highest(say(drawing.highest))}</span>
        </p>
      </div>
      <figure>
        <Curve post={post} />
        <figcaption>
          {marks.map((mark) => (
            <span key={mark}>{mark}</span>
          ))}
          <span>{post.active ? w.lines.now : at(drawing.to)}</span>
        </figcaption>
      </figure>
    </div>
  )
}
