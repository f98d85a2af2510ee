import { words as said } from '../i18n/lang'
import type { Form } from './edit'

type Props = { words: Form['words']; onChange: (words: Form['words']) => void }

/** What people call the reactions and this kind of place, in both languages. */
export function WordFields({ words, onChange }: Props) {
  const p = said.value.places
  const name = (word: string): string => p.reactions[word] ?? p.kinds[word] ?? word
  return (
    <fieldset class="words">
      <legend>{p.vocabulary}</legend>
      {Object.entries(words).flatMap(([word, both]) =>
        (['fr', 'en'] as const).map((one) => (
          <input
            key={word + one}
            name={`word-${word}-${one}`}
            maxLength={40}
            autocomplete="off"
            placeholder={name(word)}
            aria-label={one === 'fr' ? p.wordFR(name(word)) : p.wordEN(name(word))}
            value={both[one]}
            onInput={(e) => onChange({ ...words, [word]: { ...both, [one]: e.currentTarget.value } })}
          />
        )),
      )}
    </fieldset>
  )
}
