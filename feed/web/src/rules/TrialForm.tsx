import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { formatAge } from '../i18n/time'
import { FaultList } from './FaultList'
import { spanOf } from './fault'
import type { Trial } from './trial'
import { TrialReport } from './TrialReport'
import { scrollToLine, YamlText } from './YamlText'
import './trial.css'

const hour = 3_600_000
const periods = [1, 8, 24, 7 * 24, 30 * 24].map((hours) => hours * hour)
const day = periods[2]!

/** *Essayer une règle*: its text, from a line on, a period, and what it would have done. */
export function TrialForm({ trial, line }: { trial: Trial; line: number }) {
  const [period, setPeriod] = useState(day)
  const [against, setAgainst] = useState(true)
  const text = useRef<HTMLTextAreaElement>(null)
  const w = words.value
  const r = w.rules
  const running = trial.replay?.state === 'running'
  const find = (line: number): void => {
    const span = spanOf(trial.text, line)
    if (!span || !text.current) return
    text.current.focus({ preventScroll: true })
    text.current.setSelectionRange(...span)
    scrollToLine(text.current, line)
  }
  const outcome = useRef<HTMLDivElement>(null)
  // On a phone it comes below what was typed.
  const answered = running || trial.faults.length > 0
  useEffect(() => {
    if (answered) outcome.current?.scrollIntoView({ block: 'nearest' })
  }, [answered])
  useLayoutEffect(() => {
    if (text.current) scrollToLine(text.current, line)
  }, [])
  const submit = (event: Event): void => {
    event.preventDefault()
    void trial.start(period, against)
  }
  return (
    <div class="trial">
      <form onSubmit={submit}>
        <label>
          {r.text}
          <YamlText text={trial.text} faults={trial.faults} field={text} onWrite={trial.write} />
        </label>
        <p id="trial-hint" class="hint">
          {r.textHint}
        </p>
        <fieldset class="chips">
          <legend>{r.period}</legend>
          {periods.map((length) => (
            <button type="button" class="chip" key={length} aria-pressed={period === length} onClick={() => setPeriod(length)}>
              {length < day ? formatAge(w, 0, length) : r.lastDays(length / day)}
            </button>
          ))}
          <button type="button" class="chip" aria-pressed={against} onClick={() => setAgainst(!against)}>
            {r.against}
          </button>
        </fieldset>
        <button type="submit" class="key main" disabled={!trial.text.trim() || running}>
          {r.replay}
        </button>
      </form>
      <div class="outcome" ref={outcome} aria-live="polite">
        {running && <Running progress={trial.replay!.progress} onStop={trial.stop} />}
        {trial.error && <p class="error">{trial.error}</p>}
        <FaultList faults={trial.faults} onFind={find} />
        {trial.replay?.state === 'failed' && <p class="error">{trial.replay.error ?? r.failed}</p>}
        {trial.replay?.report && <TrialReport report={trial.replay.report} />}
      </div>
    </div>
  )
}

function Running({ progress, onStop }: { progress: number; onStop: () => void }) {
  const r = words.value.rules
  const percent = Math.floor(progress * 100)
  return (
    <div class="running">
      <label>
        {r.running(percent)}
        <progress value={percent} max={100} />
      </label>
      <button type="button" class="key" onClick={onStop}>
        {r.stop}
      </button>
    </div>
  )
}
