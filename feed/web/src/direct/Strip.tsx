import { useSignal } from '@preact/signals'
import type { Post } from '../api/types'
import { moodOf } from '../feed/order'
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

/** What is told and asks nothing: what is made, what went well, what a shift hands over. On a phone it opens with a touch. */
export function Strip({ board: { runs, news, handovers } }: { board: Board }) {
  const open = useSignal(false)
  const told = [...handovers, ...news].filter((post) => !isOnTop(post))
  const w = words.value
  if (runs.length + told.length === 0) return null
  const counts = [
    [w.living.production, runs.length],
    [w.living.handover, handovers.length],
    [w.living.goodNews, news.length],
  ].filter(([, count]) => count)
  return (
    <section class={`strip ${open.value ? 'open' : ''}`} aria-label={w.steer.strip}>
      <button type="button" class="strip-key" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
        {counts.map(([name, count]) => (
          <span key={name}>
            {name} <b>{count}</b>
          </span>
        ))}
      </button>
      <div class="strip-body">
        {runs.map((post) => (
          <Making key={post.id} post={post} />
        ))}
        {told.length > 0 && (
          <ul class="told">
            {told.map((post) => (
              <li key={post.id}>
                <a href={postPath(post.id)}>
                  <Sign mood={moodOf(post)} />
                  <span>{post.sheet ? w.steer.handoverOf(post.territory_name, post.sheet.shift) : asRead(post.title)}</span>
                </a>
              </li>
            ))}
          </ul>
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
