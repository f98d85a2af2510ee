import { signal } from '@preact/signals'
import type { Lang } from '../api/types'
import type { Words } from './fr'

const sources: Record<Lang, () => Promise<Words>> = {
  fr: async () => (await import('./fr')).fr,
  en: async () => (await import('./en')).en,
}

/** The words that are here, as they were typed. */
export const catalogs = signal<Partial<Record<Lang, Words>>>({})

/** Fetches the words of a language: a screen carries those that it shows, and the others come behind it. */
export async function bring(next: Lang): Promise<void> {
  if (catalogs.peek()[next]) return
  const found = await sources[next]()
  catalogs.value = { ...catalogs.peek(), [next]: found }
}
