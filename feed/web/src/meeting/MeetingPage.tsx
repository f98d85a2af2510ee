import { useState } from 'preact/hooks'
import type { Meeting, Span } from '../api/balance'
import { PlaceSelect } from '../balance/BalanceTools'
import { lang, words } from '../i18n/lang'
import { formatTime, now } from '../i18n/time'
import { useReading } from '../rules/reading'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { go, pagePath, route } from '../shell/route'
import { useSession } from '../shell/session'
import { Skeleton } from '../shell/Skeleton'
import { Unavailable } from '../shell/Unavailable'
import { Cell } from './Cell'
import { spanOf } from './place'
import { Raised } from './Raised'
import { Tasks } from './Tasks'
import { useWrite, type Write } from './write'
import './meeting.css'

/** *AIC*: what a shift or day says of the five concerns, looked at standing, in five minutes. */
export function MeetingPage() {
  const { me, client } = useSession()
  const page = useFocus<HTMLElement>()
  const [span, setSpan] = useState<Span>('shift')
  const w = words.value
  const at = route.value
  const place = (at.at === 'meeting' && at.id) || me.device?.place || me.grants[0]?.territory || ''
  const territories = useReading(client.territories, lang.value)
  const reading = useReading(() => client.meeting(place, span), `${place} ${span} ${lang.value}`)
  const sheet = reading.value?.territory === place ? reading.value : undefined
  const write = useWrite(sheet, reading.put)
  return (
    <main class="page meeting-page" ref={page} tabIndex={-1} aria-label={w.pages.meeting}>
      <PageTop title={w.pages.meeting} of={sheet?.name}>
        {territories.value && <PlaceSelect place={place} territories={territories.value} onPlace={(path) => go(pagePath('meeting', path))} />}
        <Spans span={span} onPick={setSpan} />
        <button type="button" class="key" onClick={() => print()}>
          {w.balance.print}
        </button>
      </PageTop>
      <LastNews />
      {reading.failed && (
        <Unavailable text={w.balance.meeting.failed}>
          <button type="button" class="key main" onClick={reading.again}>
            {w.balance.again}
          </button>
        </Unavailable>
      )}
      {!sheet && !reading.failed && <Skeleton count={2} />}
      {sheet && !reading.failed && <MeetingSheet key={`${sheet.territory} ${sheet.span} ${sheet.from}`} sheet={sheet} write={write} />}
    </main>
  )
}

function Spans({ span, onPick }: { span: Span; onPick: (span: Span) => void }) {
  const m = words.value.balance.meeting
  return (
    <div class="choice" role="group" aria-label={m.title}>
      {(['shift', 'day'] as const).map((one) => (
        <button type="button" key={one} aria-pressed={span === one} onClick={() => onPick(one)}>
          {m.span[one]}
        </button>
      ))}
    </div>
  )
}

/** The sheet: five cells in a row, what is to be done, and what goes up. */
function MeetingSheet({ sheet, write }: { sheet: Meeting; write: Write }) {
  const w = words.value
  const m = w.balance.meeting
  return (
    <>
      <div class="meeting-body">
        <p class="when">
          <b class="only-print">{sheet.name} · </b>
          {spanOf(w, sheet)}
        </p>
        <ol class="concerns">
          {sheet.cells.map((cell) => (
            <Cell key={cell.concern} sheet={sheet} cell={cell} write={write} />
          ))}
        </ol>
        <Tasks sheet={sheet} write={write} />
        <Raised sheet={sheet} write={write} />
        {sheet.done && <p class="over">{m.ended(sheet.done.by, formatTime(w, sheet.done.at, now.value))}</p>}
      </div>
      {sheet.may_write && !sheet.done && <EndKey write={write} />}
    </>
  )
}

/** Ends the meeting. That cannot be undone, so it is asked for twice. */
function EndKey({ write }: { write: Write }) {
  const [sure, setSure] = useState(false)
  const m = words.value.balance.meeting
  return (
    <footer class="page-foot meeting-foot">
      {sure && <p>{m.endAsk}</p>}
      {sure && (
        <button type="button" class="key" onClick={() => setSure(false)}>
          {m.cancel}
        </button>
      )}
      <button type="button" class="key main" onClick={() => (sure ? void write({ end: true }) : setSure(true))}>
        {m.end}
      </button>
    </footer>
  )
}
