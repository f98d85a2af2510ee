import { describe, expect, it } from 'vitest'
import { en } from '../src/i18n/en'
import { fr } from '../src/i18n/fr'
import { decimalsOf, formatNumber, unitLabel } from '../src/i18n/number'
import { formatAge, formatAgo, formatTime, timeAndDay } from '../src/i18n/time'
import { typeset, typesetAll } from '../src/i18n/typeset'

/** Every leaf of a dictionary, by its path. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (value === null || typeof value !== 'object') return [[path, value]]
  return Object.entries(value).flatMap(([key, v]) => leaves(v, path ? `${path}.${key}` : key))
}

describe('the words', () => {
  const french = new Map(leaves(fr))
  const english = new Map(leaves(en))

  it('are the same in both languages, to the last chip', () => {
    expect([...english.keys()].sort()).toEqual([...french.keys()].sort())
  })

  it.each([['fr', french], ['en', english]] as const)('are never empty: %s', (_, all) => {
    for (const [path, word] of all) {
      if (typeof word === 'string') expect(word.trim(), path).not.toBe('')
      if (typeof word === 'function') expect((word as (...a: unknown[]) => string)(2, 3), path).toContain('2')
    }
  })

  it('are written with a true apostrophe', () => {
    for (const [path, word] of [...french, ...english]) if (typeof word === 'string') expect(word, path).not.toContain("'")
  })

  it('count as each language does', () => {
    expect(fr.newPosts(1)).toBe('1 nouveau')
    expect(fr.recovered(0)).toContain('revenu à')
    expect(en.comments(0)).toBe('0 replies')
  })
})

describe('numbers', () => {
  it('have narrow no-break spaces in French and commas in English', () => {
    expect(formatNumber('fr-FR', 18240)).toBe('18\u202f240')
    expect(formatNumber('en-GB', 18240.5, 1)).toBe('18,240.5')
    expect(formatNumber('fr-FR', -3.2, 1)).toBe('\u22123,2')
  })

  it('have the decimals that limit and curve need, so that they do not jump', () => {
    expect(decimalsOf({ value: 496, limit: 498, series: [[1, 496.2], [2, 497]] })).toBe(1)
    expect(decimalsOf({ value: 182, limit: 200 })).toBe(0)
    expect(decimalsOf({ value: 2.314, limit: 2.25 })).toBe(2)
    expect(decimalsOf({ value: 12345.67 })).toBe(0)
    expect(decimalsOf({})).toBe(0)
  })

  it('have units as people write them', () => {
    expect(unitLabel('Cel')).toBe('°C')
    expect(unitLabel('{bottles}/min')).toBe('/min')
    expect(unitLabel('1/min')).toBe('/min')
    expect(unitLabel('{pc}')).toBe('')
    expect(unitLabel('bar')).toBe('bar')
    expect(unitLabel()).toBe('')
  })
})

describe('times', () => {
  const at = Date.parse('2026-11-21T09:42:00Z')
  const before = (minutes: number): string => new Date(at - minutes * 60_000).toISOString()

  it('are told in the unit that matters', () => {
    expect(formatAge(fr, before(0.5), at)).toBe('moins d’une minute')
    expect(formatAge(fr, before(6.9), at)).toBe('6 min')
    expect(formatAge(fr, before(125), at)).toBe('2 h 05')
    expect(formatAge(en, before(180), at)).toBe('3 h')
    expect(formatAge(fr, before(60 * 72), at)).toBe('3 j')
  })

  it('are not in the future when a clock is ahead', () => {
    expect(formatAgo(fr, before(-3), at)).toBe('à l’instant')
  })

  it('carry their day when that is not today', () => {
    expect(formatTime(fr, before(0), at)).toMatch(/^\d\d:\d\d$/)
    expect(formatTime(fr, before(60 * 30), at)).toMatch(/^\d+ nov\. à \d\d:\d\d$/)
    expect(fr.at(...timeAndDay(fr, before(60 * 30), at))).toMatch(/^le \d+ nov\. à \d\d:\d\d$/)
    expect(fr.at(...timeAndDay(fr, before(0), at))).toMatch(/^à \d\d:\d\d$/)
  })
})

describe('typesetting', () => {
  it('binds French signs and units to what they follow', () => {
    expect(typeset('Poids : 496,2 g pour 498 g !')).toBe('Poids\u00a0: 496,2\u00a0g pour 498\u00a0g\u202f!')
    expect(typeset('« vu »')).toBe('«\u202fvu\u202f»')
  })

  it('bends the apostrophe of a word, and no other mark', () => {
    expect(typeset("l'équipe d'hier")).toBe('l’équipe d’hier')
    expect(typeset("'12 5' 3'")).toBe("'12 5' 3'")
  })

  it('leaves words and markup alone', () => {
    expect(typeset('14 en stock, 3 gants')).toBe('14 en stock, 3 gants')
    expect(typeset('<b>x</b>')).toBe('<b>x</b>')
  })

  it('binds every word of the screens, and what they compose', () => {
    const words = typesetAll(fr)
    expect(words.resolveTitle).toBe('Qu’est-ce qui l’a réglé\u202f?')
    expect(words.quote('vu')).toBe('«\u202fvu\u202f»')
    expect(words.causes.machine).toEqual(fr.causes.machine)
  })
})
