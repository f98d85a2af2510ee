import { dateFormat, numberFormat } from '../i18n/formats'
import type { DayCount, ReplayReport } from '../api/rule'
import { words } from '../i18n/lang'
import { formatNumber } from '../i18n/number'
import { formatAge, formatTime, now } from '../i18n/time'
import { DiffList } from './DiffList'
import { PictureFigure } from './PictureFigure'

const day = 86_400_000

/** What rules would have done: in figures, day by day, and as pictures. */
export function TrialReport({ report }: { report: ReplayReport }) {
  const w = words.value
  const r = w.rules
  const number = (v: number, decimals = 0): string => formatNumber(w.locale, v, decimals)
  const length = Date.parse(report.to) - Date.parse(report.from)
  const time = (at: string): string => formatTime(w, at, now.value)
  const posts = sum(report.threads, (t) => t.posts)
  const figures: [name: string, value: string, note?: string][] = [
    // A morning says nothing of a day.
    [r.threads, number(posts), length < day ? r.over(formatAge(w, 0, length)) : `${number((posts * day) / length, 1)} ${r.perDay}`],
    [r.bumps, number(sum(report.threads, (t) => t.bumps))],
    [r.chatter, number(report.chatter)],
    [r.flood, numberFormat(w.locale, { style: 'percent', maximumFractionDigits: 1 }).format(report.flood_share)],
  ]
  return (
    <section class="trial-report" aria-label={r.report}>
      <h2>{r.report}</h2>
      <p class="quiet">{r.read(number(report.events), time(report.from), time(report.to))}</p>
      <dl class="figures">
        {figures.map(([name, value, note]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value} {note && <small>{note}</small>}
            </dd>
          </div>
        ))}
      </dl>
      {report.diff && (
        <section aria-label={r.diff}>
          <h3>{r.diff}</h3>
          <DiffList diff={report.diff} />
        </section>
      )}
      {report.pictures.length > 0 && (
        <section aria-label={r.pictures}>
          <h3>{r.pictures}</h3>
          {report.pictures.map((picture, i) => (
            <PictureFigure key={i} picture={picture} />
          ))}
        </section>
      )}
      <Top report={report} />
      <Days threads={report.threads} />
    </section>
  )
}

function Top({ report }: { report: ReplayReport }) {
  const w = words.value
  if (report.top.length === 0) return null
  return (
    <section aria-label={w.rules.top}>
      <h3>{w.rules.top}</h3>
      <ol class="loudest">
        {report.top.map((t) => (
          <li key={t.rule}>
            <b>{t.rule}</b> <span>{w.rules.ruleShare(t.posts, formatNumber(w.locale, t.share * 100, 0))}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Days({ threads }: { threads: DayCount[] }) {
  const w = words.value
  const r = w.rules
  if (threads.length === 0) return <p class="quiet">{r.noPosts}</p>
  const date = dateFormat(w.locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
  return (
    <section aria-label={r.byDay}>
      <h3>{r.byDay}</h3>
      <table class="days">
        <thead>
          <tr>
            {[r.day, r.territory, r.threads, r.bumps].map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {threads.map((t) => (
            <tr key={t.day + t.territory}>
              <th scope="row">{date.format(new Date(t.day))}</th>
              <td>{t.territory}</td>
              <td>{formatNumber(w.locale, t.posts)}</td>
              <td>{formatNumber(w.locale, t.bumps)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const sum = <T,>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0)
