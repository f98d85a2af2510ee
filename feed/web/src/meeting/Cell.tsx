import { useState } from 'preact/hooks'
import type { Meeting, MeetingCell } from '../api/balance'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { postPath } from '../shell/route'
import { Sign } from '../wire/Sign'
import { CorrectForm } from './CorrectForm'
import { cellText, standingOf, unitOf } from './place'
import type { Write } from './write'

/** One of the five concerns: how it stands, its figure, and the few posts behind it. */
export function Cell({ sheet, cell, write }: { sheet: Meeting; cell: MeetingCell; write: Write }) {
  const [correcting, setCorrecting] = useState(false)
  const w = words.value
  const m = w.balance.meeting
  const standing = standingOf(cell)
  const posts = cell.posts.flatMap((id) => sheet.posts.filter((p) => p.id === id))
  const name = m.concern[cell.concern]
  return (
    <li class={`concern ${standing}`} data-concern={cell.concern}>
      <h2>
        <b aria-hidden="true">{m.letter[cell.concern]}</b> {name}
      </h2>
      <p class="standing">
        {standing !== 'unknown' && <Sign mood={standing === 'abnormal' ? 'major' : 'done'} />}
        <strong>{{ calm: m.calm, abnormal: m.abnormal, unknown: m.unknown }[standing]}</strong>
      </p>
      <p class="figure">
        <b>{cellText(w, cell)}</b> <span>{unitOf(w, cell)}</span>
      </p>
      {cell.corrected && <p class="corrected">{m.corrected(cell.corrected.by, cell.corrected.reason)}</p>}
      <ul>
        {posts.map((post) => (
          <li key={post.id}>
            <a href={postPath(post.id)}>{asRead(post.title)}</a>
          </li>
        ))}
      </ul>
      {sheet.may_write && !sheet.done && !correcting && (
        <button type="button" class="key" aria-label={`${standing === 'unknown' ? m.count : m.correct} : ${name}`} onClick={() => setCorrecting(true)}>
          {standing === 'unknown' ? m.count : m.correct}
        </button>
      )}
      {correcting && <CorrectForm cell={cell} write={write} onClose={() => setCorrecting(false)} />}
    </li>
  )
}
