import { words } from '../i18n/lang'
import { mute, muted } from './horn'

/** Whether this device sounds for what is critical. */
export function SoundChoice() {
  const l = words.value.lines
  return (
    <fieldset class="choice">
      <legend>{l.sound}</legend>
      {[false, true].map((quiet) => (
        <button type="button" key={String(quiet)} aria-pressed={muted.value === quiet} onClick={() => mute(quiet)}>
          {quiet ? l.soundOff : l.soundOn}
        </button>
      ))}
    </fieldset>
  )
}
