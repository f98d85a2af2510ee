export type ArticleCode =
  | { kind: 'empty' }
  | { kind: 'ean'; code: string }
  | { kind: 'reference'; code: string }
  | { kind: 'short' }
  | { kind: 'control' }
  | { kind: 'length'; digits: number }
  | { kind: 'check' }

const lengths = [8, 12, 13]
const shortest = 3

/**
 * What a person typed as an article: a barcode whose check digit holds, or a
 * reference of the shop's own, which has letters in it.
 */
export function readCode(typed: string): ArticleCode {
  if (/\p{C}/u.test(typed.trim())) return { kind: 'control' }
  const code = typed.replace(/[\s.-]/g, '')
  if (code === '') return { kind: 'empty' }
  if (/\D/.test(code)) return reference(typed.trim())
  if (!lengths.includes(code.length)) return { kind: 'length', digits: code.length }
  return checkDigit(code.slice(0, -1)) === Number(code.at(-1)) ? { kind: 'ean', code } : { kind: 'check' }
}

function reference(code: string): ArticleCode {
  const said = code.match(/[\p{L}\p{N}]/gu) ?? []
  return said.length < shortest ? { kind: 'short' } : { kind: 'reference', code }
}

/** GS1: from the right, digits weigh 3, 1, 3, 1… and all sums to a ten. */
export function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, d, i) => total + Number(d) * (i % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}
