import { useState } from 'preact/hooks'
import type { MeetingCell } from '../api/balance'
import { words } from '../i18n/lang'
import { standingOf, valueOfCell } from './place'
import type { Write } from './write'

type Props = { cell: MeetingCell; write: Write; onClose: () => void }

/** The figure that people know better: its value, how it stands, and a touch for the reason, which keeps it. */
export function CorrectForm({ cell, write, onClose }: Props) {
  const [value, setValue] = useState(String(Math.round(valueOfCell(cell) ?? 0)))
  const [abnormal, setAbnormal] = useState(standingOf(cell) === 'abnormal')
  const m = words.value.balance.meeting
  const keep = async (reason: string): Promise<void> => {
    if (await write({ correct: { concern: cell.concern, value: Number(value) || 0, abnormal, reason } })) onClose()
  }
  return (
    <form
      class="correct"
      aria-label={`${m.correct} : ${m.concern[cell.concern]}`}
      onSubmit={(event) => {
        event.preventDefault()
        void keep(m.reasons[0]!)
      }}
    >
      <label>
        {m.value}
        <input type="number" name="value" step="any" inputMode="decimal" autofocus value={value} onInput={(e) => setValue(e.currentTarget.value)} />
      </label>
      <div class="choice" role="group" aria-label={m.state}>
        {[false, true].map((one) => (
          <button type="button" key={String(one)} aria-pressed={abnormal === one} onClick={() => setAbnormal(one)}>
            {one ? m.abnormal : m.calm}
          </button>
        ))}
      </div>
      <div class="chips" role="group" aria-label={m.reason}>
        {m.reasons.map((reason) => (
          <button type="button" class="chip" key={reason} onClick={() => void keep(reason)}>
            {reason}
          </button>
        ))}
      </div>
      <button type="button" class="plain" onClick={onClose}>
        {m.cancel}
      </button>
    </form>
  )
}
