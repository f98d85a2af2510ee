import type { Diff, Opening } from '../api/rule'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatTime, now } from '../i18n/time'
import { postPath } from '../shell/route'

const most = 10

/** What one set of rules posts that another does not, in words. */
export function DiffList({ diff }: { diff: Diff }) {
  const r = words.value.rules
  return (
    <div class="diff">
      <p class="quiet">
        {diff.added.length + diff.removed.length === 0 && r.noChange} {r.same(diff.same)}
      </p>
      <Openings title={r.added(diff.added.length)} sign="+" openings={diff.added} />
      <Openings title={r.removed(diff.removed.length)} sign="−" openings={diff.removed} />
    </div>
  )
}

function Openings({ title, sign, openings }: { title: string; sign: string; openings: Opening[] }) {
  const w = words.value
  if (openings.length === 0) return null
  return (
    <section aria-label={title}>
      <h4>
        <span aria-hidden="true">{sign}</span> {title}
      </h4>
      <ul>
        {openings.slice(0, most).map((o, i) => (
          <li key={i}>
            <time dateTime={o.at}>{formatTime(w, o.at, now.value)}</time>
            {o.post ? <a href={postPath(o.post)}>{asRead(o.title)}</a> : <span>{asRead(o.title)}</span>}
            {o.asset && <span class="quiet">{o.asset.split('/').at(-1)}</span>}
          </li>
        ))}
      </ul>
      {openings.length > most && <p class="quiet">{w.rules.more(openings.length - most)}</p>}
    </section>
  )
}
