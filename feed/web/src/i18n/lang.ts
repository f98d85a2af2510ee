import { computed, signal } from '@preact/signals'
import type { Lang } from '../api/types'
import { en } from './en'
import { fr } from './fr'
import { typesetAll } from './typeset'

const key = 'fildefer.lang'

/** The language of this device: chosen, else the browser's, else French. */
export const lang = signal<Lang>(chosen() ?? (navigator.language.startsWith('en') ? 'en' : 'fr'))

/** The words of the screens in that language. */
export const words = computed(() => typesetAll(lang.value === 'en' ? en : fr))

/** Speaks another language, from now on or for as long as this person is here. */
export function speak(next: Lang, keep: boolean): void {
  lang.value = next
  if (keep) localStorage.setItem(key, next)
}

/** The member's own language, unless this device was told another. */
export function speakAs(next: Lang): void {
  lang.value = chosen() ?? next
}

function chosen(): Lang | undefined {
  const stored = localStorage.getItem(key)
  return stored === 'fr' || stored === 'en' ? stored : undefined
}
