import { words } from '../i18n/lang'

type Props = { kind: 'quality-point' | 'speed-point' | 'idea'; text: string; onPick: (phrase: string) => void }

/** What is most often said, so that gloves need no keyboard. */
export function PhraseChips({ kind, text, onPick }: Props) {
  const w = words.value
  return (
    <fieldset class="chips">
      <legend>{w.reportText[kind]}</legend>
      {w.phrases[kind].map((phrase) => (
        <button type="button" class="chip" key={phrase} aria-pressed={text === phrase} onClick={() => onPick(phrase)}>
          {phrase}
        </button>
      ))}
    </fieldset>
  )
}
