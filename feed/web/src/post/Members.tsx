import { useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatTime, now } from '../i18n/time'
import { FirstOut } from './FirstOut'
import { totalOf } from './firsts'

/** The conditions of a post that stands for several, first-out first. */
export function Members({ post }: { post: Post }) {
  const [open, setOpen] = useState(false)
  const members = post.members ?? []
  const total = totalOf(post)
  if (members.length === 0 || total < 2) return null
  const l = words.value.living
  return (
    <section class="members" aria-label={l.holding(post.holding ?? 0, total)}>
      <FirstOut post={post} />
      <p class="quiet">{l.holding(post.holding ?? 0, total)}</p>
      <button type="button" class="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? l.hideAll : l.showAll}
      </button>
      {open && <MemberList post={post} />}
      {open && total > members.length && <p class="quiet">{l.notListed(total - members.length)}</p>}
    </section>
  )
}

function MemberList({ post }: { post: Post }) {
  const w = words.value
  return (
    <ol>
      {post.members!.map((m) => (
        <li key={m.key} class={m.active ? '' : 'over'}>
          <time dateTime={m.at}>{formatTime(w, m.at, now.value, true)}</time>
          <p>
            <b>{asRead(m.title)}</b>
            <span>
              {m.name} {m.first && <em>{w.living.isFirst}</em>} {!m.active && w.living.over}
            </span>
          </p>
        </li>
      ))}
    </ol>
  )
}
