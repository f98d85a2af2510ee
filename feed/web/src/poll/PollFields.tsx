import { words } from '../i18n/lang'
import './poll.css'

const least = 2
const most = 5
const longest = 80

/** The choices of a poll to be: two, and one more than is written, up to five. */
export function PollFields({ choices, onChange }: { choices: string[]; onChange: (choices: string[]) => void }) {
  const w = words.value.groups
  const shown = Math.min(Math.max(least, choices.filter(Boolean).length + 1), most)
  return (
    <fieldset class="poll-fields">
      <legend>{w.poll}</legend>
      {Array.from({ length: shown }, (_, i) => (
        <label key={i}>
          {i < least ? w.choice(i + 1) : w.choiceOptional(i + 1)}
          <input
            name={`choice-${i}`}
            maxLength={longest}
            autocomplete="off"
            value={choices[i] ?? ''}
            onInput={(e) => onChange(Array.from({ length: shown }, (_, at) => (at === i ? e.currentTarget.value : (choices[at] ?? ''))))}
          />
        </label>
      ))}
      <p class="hint">{w.secret}</p>
    </fieldset>
  )
}

/** The poll that is written, undefined where there is none yet. */
export function pollOf(choices: string[]): { choices: string[] } | undefined {
  const written = choices.map((choice) => choice.trim()).filter(Boolean)
  return written.length >= least ? { choices: written } : undefined
}
