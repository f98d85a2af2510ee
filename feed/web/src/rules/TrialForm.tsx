import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { FaultList } from './FaultList'
import type { Trial } from './trial'
import { TrialReport } from './TrialReport'
import './trial.css'

const periods = [1, 7, 30]

/** *Essayer une règle*: its text, a period, and what it would have done. */
export function TrialForm({ trial }: { trial: Trial }) {
  const [days, setDays] = useState(7)
  const [against, setAgainst] = useState(true)
  const r = words.value.rules
  const running = trial.replay?.state === 'running'
  const submit = (event: Event): void => {
    event.preventDefault()
    void trial.start(days, against)
  }
  return (
    <div class="trial">
      <form onSubmit={submit}>
        <label>
          {r.text}
          <textarea
            name="rules"
            class="yaml"
            rows={16}
            spellcheck={false}
            autocomplete="off"
            aria-describedby="trial-hint"
            value={trial.text}
            onInput={(e) => trial.write(e.currentTarget.value)}
          />
        </label>
        <p id="trial-hint" class="hint">
          {r.textHint}
        </p>
        <fieldset class="chips">
          <legend>{r.period}</legend>
          {periods.map((period) => (
            <button type="button" class="chip" key={period} aria-pressed={days === period} onClick={() => setDays(period)}>
              {r.lastDays(period)}
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
      <div class="outcome" aria-live="polite">
        {running && <Running progress={trial.replay!.progress} onStop={trial.stop} />}
        {trial.error && <p class="error">{trial.error}</p>}
        <FaultList faults={trial.faults} />
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
