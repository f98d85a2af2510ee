import { computed } from '@preact/signals'
import { catalogs } from './catalogs'
import type { Words } from './fr'
import { typeset } from './typeset'

/**
 * What is shown of a text that people or machines wrote: bound like the rest,
 * and, where it is one of the texts offered to touch, in the reader's language.
 */
export const readAs = (text: string, w: Words): string => typeset(translations.value?.[w.locale]?.get(bare(text)) ?? text)

// Texts were sent as they were shown, with their spaces bound.
const bare = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

const offered = (w: Words): string[] => [
  ...w.groups.propose.reasons,
  ...Object.values(w.causes).flat(),
  ...Object.values(w.lines.phrases).flat(),
  w.lines.filed,
  w.backOnShelf,
  w.replenished,
  w.shop.falseStock,
  ...w.living.shelveReasons,
  ...w.living.shiftNames,
  ...w.talk.hideReasons,
  ...w.cards.reasons,
  ...Object.values(w.steer.verdictIs),
  ...Object.values(w.steer.reasons).flat(),
  ...Object.values(w.circuits.questionIs),
  ...Object.values(w.circuits.questionReasons).flat(),
]
/** By the locale of the reader; nothing until both languages are here. */
const translations = computed(() => {
  const { fr, en } = catalogs.value
  if (!fr || !en) return undefined
  const english = offered(en)
  const pairs = offered(fr).map((text, i): [string, string] => [text, english[i]!])
  return { [en.locale]: new Map(pairs), [fr.locale]: new Map(pairs.map(([a, b]): [string, string] => [b, a])) } as Partial<Record<string, Map<string, string>>>
})
