import type { Balance, Beat } from '../api/balance'
import { words } from '../i18n/lang'
import { written, type FigureName } from './figures'
import { shortPeriod } from './period'
import { strokeOf, trendBox, trendPoints } from './trend'

const readers: Partial<Record<FigureName, (b: Beat) => number | undefined>> = {
  alerts: (b) => b.alerts,
  take: (b) => b.take,
  stopped: (b) => b.stopped,
  shelf_empty: (b) => b.shelf_empty,
}

/** The last periods, each figure as a wire. */
export function Trends({ balance }: { balance: Balance }) {
  const b = words.value.balance
  const beats = begun(balance.trend)
  const names = (Object.keys(readers) as FigureName[]).filter((name) => balance.trend.some((beat) => (readers[name]!(beat) ?? 0) > 0))
  if (names.length === 0) return null
  return (
    <section class="card trends" aria-label={b.trend}>
      <h2>{b.trend}</h2>
      <div>
        {names.map((name) => (
          <TrendWire key={name} name={name} beats={beats} />
        ))}
      </div>
    </section>
  )
}

/** The periods from the first one in which anything was: before that there was no Fildefer. */
function begun(beats: Beat[]): Beat[] {
  const first = beats.findIndex((b) => b.alerts > 0 || b.stopped > 0 || b.shelf_empty > 0)
  return beats.slice(Math.max(first, 0))
}

/** One figure over the periods; its last point stands out. */
function TrendWire({ name, beats }: { name: FigureName; beats: Beat[] }) {
  const w = words.value
  const values = beats.map(readers[name]!)
  const points = trendPoints(values)
  const last = points.at(-1)
  const first = values.find((v) => v !== undefined)
  const label = w.balance.trendOf(w.balance.figure[name], written(w, name, first), written(w, name, values.at(-1)))
  return (
    <figure class="trend">
      <figcaption>
        {w.balance.figure[name]} <b>{written(w, name, values.at(-1))}</b>
      </figcaption>
      <svg viewBox={`0 0 ${trendBox.width} ${trendBox.height}`} role="img" aria-label={label}>
        <path class="base" d={`M0 ${trendBox.height - 6}H${trendBox.width}`} />
        <path d={strokeOf(points)} />
        {last && <circle cx={last[0]} cy={last[1]} r="4" />}
      </svg>
      <p class="ticks" aria-hidden="true">
        <span>{shortPeriod(w, beats[0]!.period)}</span>
        <span>{shortPeriod(w, beats.at(-1)!.period)}</span>
      </p>
    </figure>
  )
}
