import { en } from './en'
import { fr, type Words } from './fr'
import { typeset } from './typeset'

/**
 * What is shown of a text that people or machines wrote: bound like the rest,
 * and, where it is one of the texts offered to touch, in the reader's language.
 */
export const readAs = (text: string, w: Words): string => typeset((w.locale === en.locale ? english : french).get(bare(text)) ?? text)

// Texts were sent as they were shown, with their spaces bound.
const bare = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

const offered = (w: Words): string[] => [
  ...Object.values(w.causes).flat(),
  ...Object.values(w.lines.phrases).flat(),
  w.lines.filed,
  w.backOnShelf,
  w.replenished,
  w.shop.falseStock,
  ...w.living.shelveReasons,
  ...w.talk.hideReasons,
  ...Object.values(w.steer.verdictIs),
  ...Object.values(w.steer.reasons).flat(),
  ...Object.values(w.circuits.questionIs),
  ...Object.values(w.circuits.questionReasons).flat(),
]
const pairs = offered(fr).map((text, i): [string, string] => [text, offered(en)[i]!])
const english = new Map(pairs)
const french = new Map(pairs.map(([a, b]): [string, string] => [b, a]))
