import { useSignal } from '@preact/signals'
import type { Post } from '../api/types'
import { isSaid, moodOf } from '../feed/order'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAge } from '../i18n/time'
import { isOnTop } from '../notice/toRead'
import { headingOf } from '../post/heading'
import { RunBar } from '../run/RunBar'
import { postPath } from '../shell/route'
import { Sign } from '../wire/Sign'
import type { Board } from './board'

const minute = 60_000
// What stands in one row above the columns.
const fewRuns = 2
const fewTold = 4

/**
 * What is told and asks nothing: what is made, what went well, what a shift
 * hands over. Beside the columns it takes one row; the rest opens with a touch,
 * as all of it does on a phone.
 */
export function Strip({ board: { runs, news, handovers } }: { board: Board }) {
  const open = useSignal(false)
  // What colleagues say comes before what the machines and the ERP have found.
  const told = [...handovers, ...news.filter(isSaid), ...news.filter((post) => !isSaid(post))].filter((post) => !isOnTop(post))
  const w = words.value
  if (runs.length + told.length === 0) return null
  const counts = [
    [w.living.production, runs.length],
    [w.living.handover, handovers.length],
    [w.living.goodNews, news.length],
  ].filter(([, count]) => count)
  const most = open.value ? Infinity : undefined
  const left = Math.max(runs.length - fewRuns, 0) + Math.max(told.length - fewTold, 0)
  const flip = (): void => void (open.value = !open.value)
  return (
    <section class={`strip ${open.value ? 'open' : ''}`} aria-label={w.steer.strip}>
      <button type="button" class="strip-key" aria-expanded={open.value} onClick={flip}>
        {counts.map(([name, count]) => (
          <span key={name}>
            {name} <b>{count}</b>
          </span>
        ))}
      </button>
      <div class="strip-body">
        {runs.slice(0, most ?? fewRuns).map((post) => (
          <Making key={post.id} post={post} />
        ))}
        {told.length > 0 && (
          <ul class="told">
            {told.slice(0, most ?? fewTold).map((post) => (
              <li key={post.id}>
                <a href={postPath(post.id)}>
                  <Sign mood={moodOf(post)} />
                  <span>{post.sheet ? w.steer.handoverOf(post.territory_name, asRead(post.sheet.shift)) : asRead(post.title)}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
        {left > 0 && (
          <button type="button" class="plain strip-rest" aria-expanded={open.value} onClick={flip}>
            {open.value ? w.steer.fold : w.lines.others(left)}
          </button>
        )}
      </div>
    </section>
  )
}

/** A production thread: count against target, and what its stops took. */
function Making({ post }: { post: Post }) {
  const w = words.value
  const stops = post.run?.stops ?? []
  const minutes = stops.reduce((sum, stop) => sum + stop.minutes, 0)
  const count = stops.reduce((sum, stop) => sum + stop.count, 0)
  return (
    <article class="making-card" data-post={post.id}>
      <h3>
        <a href={postPath(post.id)} data-row>
          {asRead(headingOf(post))}
        </a>
      </h3>
      {post.run && <RunBar run={post.run} open />}
      <p class="quiet">
        {post.territory_name}
        {count > 0 && ` · ${w.steer.stopsOf(count, formatAge(w, 0, minutes * minute))}`}
      </p>
    </article>
  )
}
