import type { Halt, Run } from '../api/living'
import { words } from '../i18n/lang'
import { formatNumber } from '../i18n/number'
import { asRead } from '../i18n/ready'
import { formatAge, formatTime, now } from '../i18n/time'
import { Figure } from './Figure'
import { scrapShare } from './progress'

const minute = 60_000

/** The figures of a production thread, each with its source: pace, scrap, what was lost and to what. */
export function RunFacts({ run, post }: { run: Run; post: string }) {
  const w = words.value
  const l = w.living
  const figure = (v: number, decimals = 0): string => formatNumber(w.locale, v, decimals)
  const rows: [string, string][] = [
    [l.pace, run.ideal ? l.paceFor(figure(run.pace), figure(run.ideal)) : l.paceOnly(figure(run.pace))],
    [l.scrap, l.scrapShare(figure(run.scrap), figure(scrapShare(run), 1))],
    [l.lost, figure(Math.round(run.lost))],
    [l.started, formatTime(w, run.started_at, now.value)],
  ]
  return (
    <div class="run-facts">
      <div class="run-figures">
        {rows.map(([name, value]) => (
          <Figure key={name} post={post} name={name}>
            {value}
          </Figure>
        ))}
      </div>
      <section aria-label={l.stops}>
        <h3>{l.stops}</h3>
        {run.stops.length === 0 ? <p class="quiet">{l.noStops}</p> : <Stops stops={run.stops} />}
      </section>
    </div>
  )
}

/** The causes with their time, the longest first, as bars of one scale. */
function Stops({ stops }: { stops: Halt[] }) {
  const w = words.value
  const longest = Math.max(...stops.map((s) => s.minutes), 1)
  return (
    <ol class="stops">
      {stops.map((stop) => (
        <li key={stop.cause}>
          <span>{w.living.stop(asRead(stop.cause), stop.count)}</span>
          <b>{formatAge(w, 0, stop.minutes * minute)}</b>
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <path d={`M0 3H${(100 * stop.minutes) / longest}`} />
          </svg>
        </li>
      ))}
    </ol>
  )
}
