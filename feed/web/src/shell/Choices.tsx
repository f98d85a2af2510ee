import type { Lang } from '../api/types'
import { lang, speak, words } from '../i18n/lang'
import { show, theme, type Theme } from './theme'

const languages: [Lang, string][] = [
  ['fr', 'Français'],
  ['en', 'English'],
]
const themes: Theme[] = ['system', 'light', 'dark']

/** Language and theme of this device, or only of who is here for a while. */
export function Choices({ keep = true }: { keep?: boolean }) {
  const w = words.value
  return (
    <>
      <Languages keep={keep} />
      <fieldset class="choice">
        <legend>{w.theme}</legend>
        {themes.map((t) => (
          <button type="button" key={t} aria-pressed={theme.value === t} onClick={() => show(t, keep)}>
            {w.themes[t]}
          </button>
        ))}
      </fieldset>
    </>
  )
}

/** The language of this device. */
export function Languages({ keep }: { keep: boolean }) {
  return (
    <fieldset class="choice">
      <legend>{words.value.language}</legend>
      {languages.map(([code, name]) => (
        <button type="button" key={code} lang={code} aria-pressed={lang.value === code} onClick={() => speak(code, keep)}>
          {name}
        </button>
      ))}
    </fieldset>
  )
}
