import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { decimalsOf, formatNumber, unitLabel } from '../i18n/number'
import { drawCurve, type Drawing } from './curve'

const box = { width: 400, height: 100, pad: 10 }

/**
 * What can be drawn of a post's value, if anything. Samples come every 15 s:
 * while the condition holds, the curve ends at the value that the post says;
 * but for an unstable one, whose value is left as it was when it became so.
 */
export function drawingOf(post: Post): Drawing | undefined {
  const series = post.series ?? []
  const last = series.at(-1)
  if (!post.active || post.unstable || post.value === undefined || !last) return drawCurve(series, post.limit, box, post.value)
  const now = Math.max(Date.parse(post.updated_at), last[0] + 1)
  return drawCurve([...series, [now, post.value]], post.limit, box, post.value)
}

/** The value's last minutes, drawn with the stroke of the wire. */
export function Curve({ post }: { post: Post }) {
  const w = words.value
  const drawing = drawingOf(post)
  if (!drawing || post.value === undefined) return null
  const say = (v: number): string => `${formatNumber(w.locale, v, decimalsOf(post))} ${unitLabel(post.unit)}`
  return (
    <svg
      class="curve"
      viewBox={`0 0 ${box.width} ${box.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={w.curve(drawing.minutes, say(post.value), post.limit === undefined ? '' : say(post.limit))}
    >
      {post.active && <path class="past" d={drawing.past} />}
      {drawing.limit !== undefined && <path class="limit" d={`M0 ${drawing.limit}H${box.width}`} />}
      <path class="line" d={drawing.line} />
      {post.active && <path class="end" d={`M${drawing.end[0]} ${drawing.end[1]}h0`} />}
    </svg>
  )
}
