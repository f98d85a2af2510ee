import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { nextStation, passed, stations } from './steps'
import './steps.css'

const gap = 100
const middle = 10

/** How far a stock-out is: a small wire through its stations, straight as far as it has come. */
export function StepWire({ post }: { post: Post }) {
  const w = words.value.shop
  const done = passed(post)
  const next = nextStation(post)
  const reached = Math.max(...stations.map((station, i) => (done.has(station) ? i : 0)))
  return (
    <div class="steps">
      <svg viewBox={`0 0 ${gap * stations.length} ${2 * middle}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="ahead" d={`M${gap / 2 + gap * reached} ${middle}H${gap * (stations.length - 0.5)}`} />
        <path class="behind" d={`M${gap / 2} ${middle}H${gap / 2 + gap * reached}`} />
      </svg>
      <ol aria-label={w.steps}>
        {stations.map((station) => (
          <li key={station} class={done.has(station) ? 'done' : station === next ? 'next' : ''} aria-current={station === next ? 'step' : undefined}>
            <i aria-hidden="true" />
            <span aria-hidden="true">{w.step[station]}</span>
            <span class="spoken">{done.has(station) ? w.stepDone(w.step[station]) : w.stepNext(w.step[station])}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
