import type { Post } from '../api/types'
import type { Run } from '../api/living'
import { words } from '../i18n/lang'
import { formatNumber } from '../i18n/number'
import { asRead } from '../i18n/ready'
import { formatAge } from '../i18n/time'
import { headingOf } from '../post/heading'
import { Figure } from '../run/Figure'
import { scrapShare } from '../run/progress'
import { RunBar } from '../run/RunBar'
import { postPath } from '../shell/route'

const minute = 60_000

/** A production thread with its figures, each of which tells where it comes from. */
export function MakingCard({ post, run }: { post: Post; run: Run }) {
  const w = words.value
  const l = w.living
  const figure = (v: number, decimals = 0): string => formatNumber(w.locale, v, decimals)
  const minutes = run.stops.reduce((sum, stop) => sum + stop.minutes, 0)
  const count = run.stops.reduce((sum, stop) => sum + stop.count, 0)
  const figures: [string, string][] = [
    [w.steer.made, figure(Math.round(run.count))],
    [l.pace, run.ideal ? l.paceFor(figure(run.pace), figure(run.ideal)) : l.paceOnly(figure(run.pace))],
    [l.scrap, l.scrapShare(figure(run.scrap), figure(scrapShare(run), 1))],
    [w.steer.stops, count ? w.steer.stopsOf(count, formatAge(w, 0, minutes * minute)) : l.noStops],
  ]
  return (
    <article class="making" data-post={post.id}>
      <h3>
        <a class="plain" href={postPath(post.id)}>
          {asRead(headingOf(post))}
        </a>
        <span>{post.territory_name}</span>
      </h3>
      <RunBar run={run} open />
      <div class="run-figures">
        {figures.map(([name, value]) => (
          <Figure key={name} post={post.id} name={name}>
            {value}
          </Figure>
        ))}
      </div>
    </article>
  )
}
