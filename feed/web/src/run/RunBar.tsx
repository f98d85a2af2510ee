import type { Run } from '../api/living'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { formatNumber } from '../i18n/number'
import { formatTime, now } from '../i18n/time'
import { progressOf } from './progress'

const width = 300

/** Count against target, with the place where it should be by now. */
export function RunBar({ run, open }: { run: Run; open: boolean }) {
  const w = words.value
  const count = (v: number): string => formatNumber(w.locale, Math.round(v))
  const { made, due, dueCount, late } = progressOf(run)
  return (
    <div class={`run ${late > 0 || run.stopped ? 'late' : ''}`}>
      <p class="run-count">
        <b>{count(run.count)}</b> {run.target ? w.living.ofTarget(count(run.target)) : ''}
      </p>
      {made !== undefined && (
        <svg
          class="run-bar"
          viewBox={`0 0 ${width} 22`}
          preserveAspectRatio="none"
          role="img"
          aria-label={w.living.countAgainst(count(run.count), count(run.target!), count(dueCount))}
        >
          <path class="track" d={`M0 11H${width}`} />
          <path class="made" d={`M0 11H${made * width}`} />
          {open && <path class="due" d={`M${Math.min(due! * width, width - 1)} 0V22`} />}
        </svg>
      )}
      <p class="run-says">{open ? standingOf(run, late, w, now.value) : w.living.endedWith(count(run.count))}</p>
    </div>
  )
}

/** "À l’arrêt · Retard 1 160 · fin vers 12:25". */
function standingOf(run: Run, late: number, w: Words, to: number): string {
  const l = w.living
  return [
    run.stopped && l.halted,
    late > 0 ? l.late(formatNumber(w.locale, Math.round(late))) : !run.stopped && l.onTime,
    run.expected_end && l.endToward(formatTime(w, run.expected_end, to)),
  ]
    .filter(Boolean)
    .join(' · ')
}
