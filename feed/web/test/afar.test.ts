import { describe, expect, it } from 'vitest'
import { burning, daysBetween, firstName, fromAfar, isNight, pageAt, pagesOf, solvedLately, turn } from '../src/wall/afar'
import { versionIn } from '../src/wall/renew'
import { aPost } from './post'

const person = (name: string) => ({ kind: 'person' as const, name, member: 'm' })

describe('a wall display', () => {
  it('shows what nobody has before what somebody deals with, and nothing that is calm, asleep or over', () => {
    const shown = burning([
      aPost({ id: 'taken', state: 'taken', severity: 'critical' }),
      aPost({ id: 'minor', severity: 'minor' }),
      aPost({ id: 'critical', severity: 'critical' }),
      aPost({ id: 'news', kind: 'good-news', severity: 'info' }),
      aPost({ id: 'over', state: 'closed' }),
      aPost({ id: 'asleep', shelf: { once: true, by: person('Nadia'), reason: 'essai' } }),
    ])
    expect(shown.map((p) => p.id)).toEqual(['critical', 'minor', 'taken'])
  })

  it('tells first names of people and full names of machines, and who they are to nobody', () => {
    const post = fromAfar(aPost({ taker: person('Karim Benali') }))
    expect(post.taker).toEqual({ kind: 'person', name: 'Karim' })
    expect(post.author.name).toBe('Remplisseuse 2')
    expect(firstName('  Jean-Luc  Picard ')).toBe('Jean-Luc')
  })

  it('turns its pages every 20 s, and not at all when there is one', () => {
    expect([0, turn - 1, turn, 3 * turn].map((at) => pageAt(at, 3))).toEqual([0, 0, 1, 0])
    expect(pageAt(5 * turn, 1)).toBe(0)
    expect(pageAt(5 * turn, 0)).toBe(0)
  })

  it('cuts lists into even pages that hold everything once', () => {
    expect(pagesOf([1, 2, 3, 4, 5, 6], 5)).toEqual([[1, 2, 3], [4, 5, 6]])
    expect(pagesOf([1, 2], 5)).toEqual([[1, 2]])
    expect(pagesOf([], 5)).toEqual([])
  })

  it('counts days by the calendar, not by 24 hours', () => {
    const at = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime()
    expect(daysBetween(at(20, 23), at(21, 1))).toBe(1)
    expect(daysBetween(at(21, 1), at(21, 23))).toBe(0)
  })

  it('counts what was solved in the last eight hours', () => {
    const now = Date.parse('2026-11-21T20:00:00Z')
    const ended = (at: string) => aPost({ state: 'closed', closed_at: at })
    expect(solvedLately([ended('2026-11-21T13:00:00Z'), ended('2026-11-21T11:00:00Z'), aPost()], now)).toBe(1)
  })

  it('is dark from nine in the evening to six', () => {
    expect([5, 6, 20, 21].map((hour) => isNight(new Date(2026, 10, 21, hour).getTime()))).toEqual([true, false, false, true])
  })

  it('knows another version of its screens by the name of their script', () => {
    expect(versionIn('<script type="module" src="/assets/index-Ab_c-12.js"></script>')).toBe('assets/index-Ab_c-12.js')
    expect(versionIn('<script type="module" src="/src/main.tsx"></script>')).toBeUndefined()
  })
})
