import type { Entry, Post } from '../api/types'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { decimalsOf, formatNumber, unitLabel } from '../i18n/number'
import { roleWord } from './role'
import { formatTime, now, timeAndDay } from '../i18n/time'
import { typeset } from '../i18n/typeset'

/** What happened to the post, oldest first. */
export function TimelineList({ entries, post }: { entries: Entry[]; post: Post }) {
  const w = words.value
  const unit = unitLabel(post.unit)
  const value = (v: number): string => typeset(`${post.topic === 'stock' ? w.erpStock : ''} ${formatNumber(w.locale, v, decimalsOf(post))} ${unit}`.trim())
  // A number that neither a unit nor a limit explains says nothing alone.
  const explained = unit !== '' || post.topic === 'stock' || post.limit !== undefined
  return (
    <section class="timeline" aria-label={w.timeline}>
      <h3>{w.timeline}</h3>
      <ol>
        {entries.map((entry, i) => (
          <li key={i} class={entry.kind}>
            <time dateTime={entry.at}>{formatTime(w, entry.at, now.value)}</time>
            <p>
              <b>{post.kind === 'idea' && entry.kind === 'resolved' ? w.steer.decision : w.entry[entry.kind]}</b>
              {/* What a second report measured is not what happened. */}
              {explained && entry.value !== undefined && entry.kind !== 'joined' && ` · ${value(entry.value)}`}
              {entry.text && ` · ${told(entry, w)}`}
              <span>
                {entry.author.name}
                {entry.typed_at && ` · ${w.outbox.typedAt(w.at(...timeAndDay(w, entry.typed_at, now.value)))}`}
              </span>
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** An escalation tells the role that was asked; an ending its cause and what was done. */
function told(entry: Entry, w: Words): string {
  if (entry.kind === 'escalated' || entry.kind === 'assigned') return roleWord(entry.text!, w)
  return entry.text!.split(' → ').map(asRead).join(' → ')
}
