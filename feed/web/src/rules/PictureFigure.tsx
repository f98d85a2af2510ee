import type { Picture } from '../api/rule'
import { words } from '../i18n/lang'
import { formatNumber, unitLabel } from '../i18n/number'
import { formatTime, now } from '../i18n/time'
import { drawPicture } from './picture'

const box = { width: 800, height: 160, pad: 14 }
const named = 6

/** A signal with its limits, and where a post would have opened: drawn, and said. */
export function PictureFigure({ picture }: { picture: Picture }) {
  const w = words.value
  const r = w.rules
  const drawn = drawPicture(picture, box)
  if (!drawn) return null
  const time = (at: string | number): string => formatTime(w, new Date(at).toISOString(), now.value)
  const name = `${picture.asset.split('/').at(-1)} · ${picture.signal}`
  const limits = picture.limits.map((v) => r.limitOf(`${formatNumber(w.locale, v, v % 1 ? 1 : 0)} ${unitLabel(picture.unit)}`.trim()))
  const opens = picture.opens.slice(0, named).map((o) => time(o.at))
  const rest = picture.opens.length - opens.length
  return (
    <figure class="picture">
      <figcaption>
        <b>{name}</b> <span>{[picture.rule, ...limits].join(' · ')}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${box.width} ${box.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={r.picture(name, time(picture.points[0]![0]), time(picture.points.at(-1)![0]), picture.opens.length)}
      >
        {drawn.spans.map(([from, to], i) => (
          <path key={i} class="span" d={`M${from} 0H${Math.max(to, from + 2)}V${box.height}H${from}z`} />
        ))}
        {drawn.limits.map((level, i) => (
          <path key={i} class="limit" d={`M0 ${level}H${box.width}`} />
        ))}
        <path class="signal" d={drawn.line} />
        {drawn.spans.map(([from], i) => (
          <path key={i} class="opens" d={`M${from} 0V${box.height}`} />
        ))}
      </svg>
      <p class="ends">
        <span>{time(picture.points[0]![0])}</span>
        <span>{time(picture.points.at(-1)![0])}</span>
      </p>
      {opens.length > 0 && (
        <p>
          {r.opensAt(opens.join(', '))} {rest > 0 && r.more(rest)}
        </p>
      )}
    </figure>
  )
}
