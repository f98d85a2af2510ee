import { describe, expect, it } from 'vitest'
import { checkDigit, readCode } from '../src/report/ean'

describe('an article code', () => {
  it.each(['4006381333931', '96385074', '036000291452'])('is good when its check digit holds: %s', (code) => {
    expect(readCode(code)).toEqual({ kind: 'ean', code })
  })

  it('may be typed with spaces, dots and dashes', () => {
    expect(readCode(' 4 006381-333931 ')).toEqual({ kind: 'ean', code: '4006381333931' })
  })

  it('is refused when one digit is wrong, whichever it is', () => {
    const good = '4006381333931'
    for (let i = 0; i < good.length; i++) {
      const wrong = good.slice(0, i) + ((Number(good[i]) + 1) % 10) + good.slice(i + 1)
      expect(readCode(wrong)).toEqual({ kind: 'check' })
    }
  })

  it('tells how many digits were typed when the length is wrong', () => {
    expect(readCode('40063813339')).toEqual({ kind: 'length', digits: 11 })
  })

  it('may be a reference with letters', () => {
    expect(readCode(' BISC-250 ')).toEqual({ kind: 'reference', code: 'BISC-250' })
  })

  it('is no reference with fewer than three letters or digits', () => {
    expect(readCode('A-1')).toEqual({ kind: 'short' })
    expect(readCode('___')).toEqual({ kind: 'short' })
  })

  it('has no hidden characters', () => {
    expect(readCode('ABC\u0007D')).toEqual({ kind: 'control' })
    expect(readCode('   ')).toEqual({ kind: 'empty' })
  })

  it('is empty when nothing but separators was typed', () => {
    expect(readCode(' - ')).toEqual({ kind: 'empty' })
  })

  it('counts from the right', () => {
    expect(checkDigit('400638133393')).toBe(1)
    expect(checkDigit('9638507')).toBe(4)
  })
})
