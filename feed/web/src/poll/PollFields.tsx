import { words } from '../i18n/lang'
import { fewest, most } from './shares'
import './poll.css'

const longest = 80

/** The choices of a poll to be: two, and one more than is written, up to five. */
export function PollFields({ choices, onChange }: { choices: string[]; onChange: (choices: string[]) => void }) {
  const w = words.value.groups
  const shown = Math.min(Math.max(fewest, choices.filter(Boolean).length + 1), most)
  return (
    <fieldset class="poll-fields">
      <legend>{w.poll}</legend>
      {Array.from({ length: shown }, (_, i) => (
        <label key={i}>
          {i < fewest ? w.choice(i + 1) : w.choiceOptional(i + 1)}
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
