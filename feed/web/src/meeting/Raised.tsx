import { useState } from 'preact/hooks'
import type { Concern, Meeting, RaisedLine } from '../api/balance'
import { words } from '../i18n/lang'
import { ConcernSelect } from './ConcernSelect'
import type { Write } from './write'

/** What the places below ask of this one, and what this one asks of the one above. */
export function Raised({ sheet, write }: { sheet: Meeting; write: Write }) {
  const [asking, setAsking] = useState(false)
  const m = words.value.balance.meeting
  const open = sheet.may_write && !sheet.done
  return (
    <section class="card" aria-label={m.below}>
      {sheet.below.length > 0 && (
        <>
          <h2>{m.below}</h2>
          <Lines lines={sheet.below} />
        </>
      )}
      {sheet.above && (
        <>
          <h2>{m.raiseTo(sheet.above)}</h2>
          {sheet.raised.length === 0 && <p class="quiet">{m.raisedNone}</p>}
          <Lines lines={sheet.raised} />
          {open && !asking && (
            <button type="button" class="key" onClick={() => setAsking(true)}>
              {m.raise}
            </button>
          )}
          {asking && <RaiseForm write={write} onClose={() => setAsking(false)} />}
        </>
      )}
      {!sheet.above && sheet.below.length === 0 && <p class="quiet">{m.raisedNone}</p>}
    </section>
  )
}

function Lines({ lines }: { lines: RaisedLine[] }) {
  const m = words.value.balance.meeting
  return (
    <ul class="tasks">
      {lines.map((line) => (
        <li key={line.territory + line.id}>
          <span>
            <b>{m.letter[line.concern]}</b> {line.text}
            <em>
              {m.from} {line.name}, {line.by}
            </em>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Asks the place above for what this one cannot settle. */
function RaiseForm({ write, onClose }: { write: Write; onClose: () => void }) {
  const [text, setText] = useState('')
  const [concern, setConcern] = useState<Concern>('quality')
  const m = words.value.balance.meeting
  return (
    <form
      class="add-task"
      onSubmit={(event) => {
        event.preventDefault()
        void write({ raise: { concern, text } }).then((kept) => kept && onClose())
      }}
    >
      <ConcernSelect value={concern} onPick={setConcern} />
      <label class="wide">
        {m.raiseText}
        <input name="raise" required maxLength={200} autofocus value={text} onInput={(e) => setText(e.currentTarget.value)} />
      </label>
      <div class="wide keys">
        <button type="submit" class="key main">
          {m.raise}
        </button>
        <button type="button" class="plain" onClick={onClose}>
          {m.cancel}
        </button>
      </div>
    </form>
  )
}
