import { computed, signal } from '@preact/signals'
import type { Lang } from '../api/types'
import { bring, catalogs } from './catalogs'
import type { Words } from './fr'
import { typesetAll } from './typeset'

const key = 'fildefer.lang'

/** The language of this device: chosen, else the browser's, else French. */
export const lang = signal<Lang>(chosen() ?? (navigator.language.startsWith('en') ? 'en' : 'fr'))

/** The words of the screens in that language; nothing is drawn before they are here. */
export const words = computed<Words>(() => typesetAll(catalogs.value[lang.value]!))

/** Speaks another language, from now on or for as long as this person is here. */
export function speak(next: Lang, keep: boolean): void {
  if (keep) localStorage.setItem(key, next)
  void bring(next).then(
    () => (lang.value = next),
    () => undefined, // without a network the screen goes on in the language that it has
  )
}

/** The member's own language, unless this device was told another. */
export const speakAs = (next: Lang): void => speak(chosen() ?? next, false)

function chosen(): Lang | undefined {
  const stored = localStorage.getItem(key)
  return stored === 'fr' || stored === 'en' ? stored : undefined
}
