import type { Words } from '../i18n/fr'
import { readCode, type ArticleCode } from '../report/ean'

const link = /\/01\/(\d{14})(?:[/?#]|$)/ // GS1 Digital Link

/**
 * The article that a barcode or a QR code names, if it names one: an EAN whose
 * check digit holds, or a reference of the shop's own.
 */
export function articleOf(raw: string): string | undefined {
  const text = raw.trim()
  const gtin = link.exec(text)?.[1] ?? (/^\(?01\)?(\d{14})$/.exec(text)?.[1])
  const code = readCode(gtin ? gtin.replace(/^0/, '') : text)
  if (/^https?:/i.test(text) && !gtin) return undefined
  return code.kind === 'ean' || code.kind === 'reference' ? code.code : undefined
}

/** What is wrong with a code, to tell whoever typed it; empty when nothing is. */
export function mistakeIn(code: ArticleCode, w: Words): string {
  switch (code.kind) {
    case 'empty':
      return w.eanFirst
    case 'length':
      return w.eanLength(code.digits)
    case 'check':
      return w.eanCheck
    case 'short':
      return w.referenceShort
    case 'control':
      return w.referenceControl
    default:
      return ''
  }
}

/** The code to open as it is: one whose check digit holds, or a reference that has digits in it. */
export function codeIn(typed: string): string | undefined {
  const code = readCode(typed)
  if (code.kind === 'ean') return code.code
  return code.kind === 'reference' && /\d/.test(code.code) && !/\s/.test(code.code) ? code.code : undefined
}

const gone = 1200

/**
 * Tells a code that is shown from one that is still there: the camera sees it
 * again and again, and it counts once until it has been out of sight.
 */
export class Sightings {
  private last = ''
  private seen = -Infinity

  /** Whether this is a new sight of the code. */
  fresh(code: string, at: number): boolean {
    const again = code === this.last && at - this.seen < gone
    this.last = code
    this.seen = at
    return !again
  }
}
