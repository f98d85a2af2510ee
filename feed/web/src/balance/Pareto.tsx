import type { Bar } from '../api/balance'
import { words } from '../i18n/lang'
import { formatNumber } from '../i18n/number'
import { nameOf, type Open } from './opened'
import { cumulate, duration } from './figures'

type Props = {
  title: string
  bars: Bar[]
  /** The figure whose posts a bar opens: cause or stop. */
  figure: 'cause' | 'stop'
  onOpen: Open
}

/** Causes by what they weigh, the heaviest first, and the line of what they make together. */
export function Pareto({ title, bars, figure, onOpen }: Props) {
  const w = words.value
  const most = Math.max(...bars.map((bar) => bar.value), 0)
  const sums = cumulate(bars.map((bar) => bar.value))
  const value = (v: number): string => (figure === 'stop' ? duration(w, v) : formatNumber(w.locale, v))
  return (
    <section class="card pareto" aria-label={title}>
      <h2>{title}</h2>
      {bars.length === 0 && <p class="quiet">{w.balance.noCauses}</p>}
      {bars.length > 0 && (
        <div class="bars">
          <ol>
            {bars.map((bar, i) => (
              <li key={bar.name}>
                <Name bar={bar} figure={`${figure}:${bar.name}`} onOpen={onOpen} />
                <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={most > 0 ? (100 * bar.value) / most : 0} height="10" />
                </svg>
                <span class="weight">
                  {value(bar.value)} <span class="spoken">{w.balance.cumulated(`${Math.round(sums[i]!)} %`)}</span>
                </span>
              </li>
            ))}
          </ol>
          <svg class="line" viewBox={`0 0 100 ${bars.length}`} preserveAspectRatio="none" aria-hidden="true">
            <path d={sums.map((sum, i) => `${i ? 'L' : 'M'}${sum.toFixed(1)} ${i + 0.5}`).join('')} />
          </svg>
        </div>
      )}
    </section>
  )
}

/** A cause opens its posts; what is too little to be named opens all others. */
function Name({ bar, figure, onOpen }: { bar: Bar; figure: string; onOpen: Open }) {
  const w = words.value
  const name = bar.name ? nameOf(w, bar) : w.balance.others
  return (
    <button type="button" class="plain name" data-figure={figure} onClick={() => onOpen({ figure, title: name, shown: bar.value })}>
      {name}
    </button>
  )
}
