// How what people write is read: mentions, tags and links. The server reads it
// in the same way (feed/marks.go); both are held to feed/testdata/marks.json.

export type MarkKind = 'mention' | 'call' | 'tag' | 'link'

/** A stretch of a text; says is the name without @, the folded tag, or the address. */
export type Stretch = { text: string; mark?: { kind: MarkKind; says: string } }

const longest = 40

const plain: Record<string, string> = {
  à: 'a', á: 'a', â: 'a', ã: 'a', ä: 'a', å: 'a', æ: 'ae', ç: 'c', è: 'e', é: 'e', ê: 'e', ë: 'e',
  ì: 'i', í: 'i', î: 'i', ï: 'i', ñ: 'n', ò: 'o', ó: 'o', ô: 'o', õ: 'o', ö: 'o', ø: 'o', œ: 'oe',
  ß: 'ss', ù: 'u', ú: 'u', û: 'u', ü: 'u', ý: 'y', ÿ: 'y', '’': "'", '\u00a0': ' ', '\u202f': ' ',
}

const accent = /\p{Mn}/u
const word = /[\p{L}\p{Nd}\p{M}_]/u
const letter = /\p{L}/u
const gap = /[\u0000- \u007f-\u00a0\p{Z}]/u

const foldOne = (c: string): string => {
  if (accent.test(c)) return ''
  const lower = c.toLowerCase().replace(/\p{Mn}/gu, '')
  return plain[lower] ?? lower
}

/** The same whatever its case and accents. */
export const fold = (text: string): string => [...text].map(foldOne).join('')

/** Cuts a text where something in it is more than words; names are those that are known. */
export function stretches(text: string, names: readonly string[]): Stretch[] {
  const known = names.map(fold).filter(Boolean)
  const chars = [...text]
  const out: Stretch[] = []
  let said = ''
  const flush = (): void => {
    if (said) out.push({ text: said })
    said = ''
  }
  for (let i = 0; i < chars.length; ) {
    const found = '@#hH'.includes(chars[i]!) && (i === 0 || !glues(chars[i - 1]!)) ? markAt(chars.slice(i), known) : undefined
    if (!found) {
      said += chars[i++]
      continue
    }
    flush()
    out.push({ text: chars.slice(i, i + found.length).join(''), mark: found.mark })
    i += found.length
  }
  flush()
  return out
}

const glues = (c: string): boolean => word.test(c) || '@#&/'.includes(c)

type Found = { mark: { kind: MarkKind; says: string }; length: number }

/** The mark at the start of a text. */
function markAt(chars: string[], names: string[]): Found | undefined {
  const rest = chars.slice(1)
  const make = (kind: MarkKind, says: string, length: number): Found => ({ mark: { kind, says }, length })
  switch (chars[0]) {
    case '@': {
      const known = Math.max(0, ...names.map((name) => takes(rest, name)))
      if (known > 0) return make('mention', rest.slice(0, known).join(''), known + 1)
      const n = wordLength(rest)
      return n > 1 && n <= longest && letter.test(rest[0]!) ? make('call', rest.slice(0, n).join(''), n + 1) : undefined
    }
    case '#': {
      const n = wordLength(rest)
      const tag = rest.slice(0, n)
      return n > 0 && n <= longest && tag.some((c) => letter.test(c)) ? make('tag', fold(tag.join('')), n + 1) : undefined
    }
    case 'h':
    case 'H': {
      const n = linkLength(chars)
      return n > 0 ? make('link', chars.slice(0, n).join(''), n) : undefined
    }
    default:
      return undefined
  }
}

/** How long the word at the start is; hyphens within it belong to it. */
function wordLength(chars: string[]): number {
  let n = 0
  for (const [i, c] of chars.entries()) {
    if (word.test(c)) n = i + 1
    else if (!(c === '-' && i === n && i > 0)) return n
  }
  return n
}

/** How long the address at the start is, without what ends its sentence. */
function linkLength(chars: string[]): number {
  const scheme = /^https?:\/\//i.exec(chars.slice(0, 8).join(''))?.[0].length ?? 0
  let n = scheme
  while (n > 0 && n < chars.length && !gap.test(chars[n]!) && !'<>"«»'.includes(chars[n]!)) n++
  while (n > scheme && ".,;:!?)]}'’…".includes(chars[n - 1]!)) n--
  return n === scheme ? 0 : n
}

/** How many characters the folded name takes, up to the end of a word. */
function takes(chars: string[], name: string): number {
  let left = name
  for (const [i, c] of chars.entries()) {
    const folded = foldOne(c)
    if (left === '') {
      if (folded === '') continue // an accent of the last letter
      return word.test(c) ? 0 : i
    }
    if (!left.startsWith(folded)) return 0
    left = left.slice(folded.length)
  }
  return left === '' ? chars.length : 0
}

/** Where a link leads, if that is a place on the web. */
export function addressOf(link: string): string | undefined {
  try {
    const url = new URL(link)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined
  } catch {
    return undefined
  }
}

/** What is being typed after an @ before the caret, and where it begins. */
export function callAt(text: string, caret: number): { q: string; from: number } | undefined {
  const found = /(?:^|[\s(«“"'’])@([^\s@#]{0,40}(?: [^\s@#]{1,40})?)$/u.exec(text.slice(0, caret))
  return found ? { q: found[1]!, from: caret - found[1]!.length - 1 } : undefined
}
