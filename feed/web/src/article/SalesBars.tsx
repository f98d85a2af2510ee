import { dateFormat } from '../i18n/formats'
import type { Sold } from '../api/article'
import { words } from '../i18n/lang'
import { formatNumber } from '../i18n/number'

const day = 86_400_000
const shown = 7
const box = { width: 280, height: 72, wide: 22 }

/** What was sold each day of the last week; days of which nothing is known have no bar. */
export function SalesBars({ sold }: { sold: readonly Sold[] }) {
  const w = words.value
  if (sold.length === 0) return <p class="quiet">{w.shop.noSales}</p>
  const known = new Map(sold.map((one) => [one.day, one.pieces]))
  const days = weekTo(sold.at(-1)!.day)
  const most = Math.max(...sold.map((one) => one.pieces), 1)
  const step = box.width / shown
  const name = (date: string): string => dateFormat(w.locale, { weekday: 'short', timeZone: 'UTC' }).format(Date.parse(date)).slice(0, 3)
  const said = sold.map((one) => w.shop.soldOn(name(one.day), formatNumber(w.locale, one.pieces))).join(', ')
  return (
    <figure class="sales">
      <figcaption>{w.shop.sold}</figcaption>
      <svg viewBox={`0 0 ${box.width} ${box.height + 40}`} role="img" aria-label={w.shop.soldChart(said)}>
        <path class="axis" d={`M0 ${box.height + 20}H${box.width}`} />
        {days.map((date, i) => {
          const pieces = known.get(date)
          const middle = step * (i + 0.5)
          const height = (Math.max(pieces ?? 0, 0) / most) * box.height
          return (
            <g key={date}>
              {pieces !== undefined && <rect x={middle - box.wide / 2} y={box.height + 20 - height} width={box.wide} height={height} />}
              <text x={middle} y={box.height + 14 - height}>
                {pieces === undefined ? '' : formatNumber(w.locale, pieces)}
              </text>
              <text class="day" x={middle} y={box.height + 37}>
                {name(date)}
              </text>
            </g>
          )
        })}
      </svg>
    </figure>
  )
}

/** The seven days that end on one, the oldest first. */
const weekTo = (last: string): string[] =>
  Array.from({ length: shown }, (_, i) => new Date(Date.parse(last) - (shown - 1 - i) * day).toISOString().slice(0, 10))
