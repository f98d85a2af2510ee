/**
 * Binds what must not be parted at the end of a line: French signs to their
 * word, a unit to its number. Titles come from templates typed with spaces and
 * straight apostrophes.
 */
export const typeset = (text: string): string =>
  text
    .replace(apostrophe, '’')
    .replace(/ (?=:)/g, '\u00a0')
    .replace(/ (?=[;!?%»])/g, '\u202f')
    .replace(/« /g, '«\u202f')
    .replace(units, '$1\u00a0')

const apostrophe = /(?<=\p{L})'(?=\p{L})/gu
const units = /(\d) (?=(?:[kmµ]?g|[kmcµ]?m|[mc]?[lL]|m?bar|°[CF]|k?N|k?Wh?|k?V|m?A|k?Hz|m?s|min|h|t)(?![\p{L}\d]))/gu

/** The same words with all their texts bound, those they compose included; each once it is read, as few of them are on any screen. */
export function typesetAll<T>(words: T): T {
  if (typeof words === 'string') return typeset(words) as T
  if (typeof words === 'function') return ((...args: unknown[]) => typesetAll(words(...args))) as T
  if (Array.isArray(words)) return words.map(typesetAll) as T
  if (words === null || typeof words !== 'object') return words
  const bound = new Map<PropertyKey, unknown>()
  return new Proxy(words, {
    get(typed, key) {
      if (!bound.has(key)) bound.set(key, typesetAll(Reflect.get(typed, key)))
      return bound.get(key)
    },
  })
}
