import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { nextStation, passed, stations } from './steps'
import './steps.css'

/** How far a stock-out is: a small wire through its stations, straight as far as it has come. */
export function StepWire({ post }: { post: Post }) {
  const w = words.value.shop
  const done = passed(post)
  const next = nextStation(post)
  const reached = Math.max(...stations.map((station, i) => (done.has(station) ? i : 0)))
  return (
    <div class="steps">
      <ol aria-label={w.steps}>
        {stations.map((station, i) => (
          <li key={station} class={`${done.has(station) ? 'done' : station === next ? 'next' : ''} ${i <= reached ? 'behind' : ''}`} aria-current={station === next ? 'step' : undefined}>
            <i aria-hidden="true" />
            <span aria-hidden="true">{w.step[station]}</span>
            <span class="spoken">{done.has(station) ? w.stepDone(w.step[station]) : w.stepNext(w.step[station])}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
