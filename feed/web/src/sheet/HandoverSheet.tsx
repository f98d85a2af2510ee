import type { ComponentChildren } from 'preact'
import type { Sheet, SheetLine } from '../api/living'
import type { Severity } from '../api/types'
import type { Mood } from '../feed/order'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatTime, now, timeAndDay } from '../i18n/time'
import { RunBar } from '../run/RunBar'
import { headingOf } from '../post/heading'
import { postPath } from '../shell/route'
import { Sign } from '../wire/Sign'
import { Signatures } from './Signatures'
import './sheet.css'

const parts = ['unanswered', 'open', 'unstable', 'shelved', 'runs'] as const

type Props = {
  sheet: Sheet
  /** What can be done to a post that is handed over. */
  beside?: (line: SheetLine) => ComponentChildren
  /** Whether it can be signed: a sheet that still fills cannot. */
  signable?: boolean
}

/** What a shift hands over, to be read in a minute or printed on one page. */
export function HandoverSheet({ sheet, beside, signable = true }: Props) {
  const w = words.value
  const l = w.living
  const holds = (part: (typeof parts)[number]): boolean => sheet[part].length > 0
  return (
    <section class="handover" aria-label={l.handover}>
      <header>
        <p>
          <b>{l.sheetOf(asRead(sheet.shift), asRead(sheet.next ?? ''))}</b>
          <span>
            {span(sheet)}
          </span>
        </p>
        <p class="figures">{l.figures(sheet.opened, sheet.solved, sheet.held)}</p>
        <button type="button" class="key" onClick={() => print()}>
          {l.print}
        </button>
      </header>
      {parts.filter(holds).map((part) => (
        <Part key={part} title={l.sheet[part]} lines={sheet[part]} beside={beside} />
      ))}
      {!parts.every(holds) && (
        <p class="quiet">{w.lines.nothingIn(parts.filter((part) => !holds(part)).map((part) => l.sheet[part].toLocaleLowerCase(w.locale)).join(', '))}</p>
      )}
      {signable && <Signatures signed={sheet.signed} />}
    </section>
  )
}

/** "21 nov. à 12:00 – 20:00": the day once, where both ends are on it. */
function span({ start, end }: Sheet): string {
  const w = words.value
  const [until, day] = timeAndDay(w, end, now.value)
  const sameDay = new Date(start).toDateString() === new Date(end).toDateString()
  return `${formatTime(w, start, now.value)} – ${sameDay || !day ? until : w.dayAndTime(day, until)}`
}

function Part({ title, lines, beside }: { title: string; lines: SheetLine[]; beside: Props['beside'] }) {
  return (
    <section class="part" aria-label={title}>
      <h3>
        {title} <b>{lines.length}</b>
      </h3>
      <ul>
        {lines.map((line) => (
          <li key={line.post}>
            {!line.run && <Sign mood={moodFor(line.severity)} />}
            <div>
              <a href={postPath(line.post)}>{asRead(headingOf(line))}</a>
              {line.run ? <RunBar run={line.run} open={line.state !== 'closed'} /> : <span>{said(line)}</span>}
            </div>
            {!line.run && beside?.(line)}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How grave it is in words, and what the sheet notes of it. */
function said(line: SheetLine): string {
  const w = words.value
  return [w[line.severity], line.note && asRead(line.note)].filter(Boolean).join(' · ')
}

const moodFor = (severity: Severity): Mood => (severity === 'info' ? 'done' : severity)
