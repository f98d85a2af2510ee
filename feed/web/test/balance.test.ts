import { describe, expect, it } from 'vitest'
import type { MeetingCell } from '../src/api/balance'
import { changeOf, cumulate, written } from '../src/balance/figures'
import { monthName, periodName, shortPeriod } from '../src/balance/period'
import { strokeOf, trendBox, trendPoints } from '../src/balance/trend'
import { en } from '../src/i18n/en'
import { fr } from '../src/i18n/fr'
import { standingOf, tomorrow, unitOf, valueOfCell } from '../src/meeting/place'

describe('figures', () => {
  it('are better when they fall, but for those that are gains', () => {
    expect(changeOf('take', 8, 10)).toEqual({ kind: 'better', percent: -20 })
    expect(changeOf('take', 12, 10)).toEqual({ kind: 'worse', percent: 20 })
    expect(changeOf('solved', 80, 50).kind).toBe('better')
    expect(changeOf('alerts', 100, 101).kind).toBe('same')
    expect(changeOf('alerts', 4, 0).kind).toBe('none')
    expect(changeOf('take', undefined, 3).kind).toBe('none')
  })
  it('are written in the unit that matters', () => {
    expect(written(fr, 'stopped', 135)).toBe('2 h 15')
    expect(written(fr, 'again_24h', 42.4)).toBe('42\u202f%')
    expect(written(fr, 'money', 8678.6, 'EUR')).toBe('8\u202f679\u202f€')
    expect(written(en, 'take', undefined)).toBe('–')
  })
  it('add up to all in a Pareto', () => {
    expect(cumulate([6, 3, 1])).toEqual([60, 90, 100])
    expect(cumulate([0, 0])).toEqual([0, 0])
  })
})

describe('periods', () => {
  const week = { period: { id: '2026-W46', unit: 'week' as const, from: '2026-11-08T23:00:00Z', to: '2026-11-15T23:00:00Z' }, zone: 'Europe/Paris' }
  it('are called by the days of the place', () => {
    expect(periodName(fr, week)).toBe('Semaine 46, du 9 nov. au 15 nov.')
    expect(monthName(en, '2026-10')).toBe('October 2026')
    expect([shortPeriod(fr, '2026-W07'), shortPeriod(en, '2026-W07')]).toEqual(['S7', 'W7'])
  })
})

describe('the wire of a trend', () => {
  it('stays in its box and passes over what is not known', () => {
    const points = trendPoints([0, undefined, 10, 5])
    expect(points).toHaveLength(3)
    for (const [x, y] of points) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x).toBeLessThanOrEqual(trendBox.width)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(y).toBeLessThanOrEqual(trendBox.height)
    }
    expect(strokeOf(points)).toMatch(/^M[\d.]+ [\d.]+L/)
    expect(strokeOf([])).toBe('')
  })
})

describe('a cell of a short meeting', () => {
  const cell: MeetingCell = { concern: 'people', unit: 'people', abnormal: false, posts: [] }
  it('waits to be counted, and believes people', () => {
    expect(standingOf(cell)).toBe('unknown')
    const corrected = { value: 3, abnormal: true, reason: 'x', by: 'y', at: '' }
    expect(standingOf({ ...cell, value: 9, corrected })).toBe('abnormal')
    expect(valueOfCell({ ...cell, value: 9, corrected })).toBe(3)
    expect(standingOf({ ...cell, value: 0 })).toBe('calm')
  })
  it('counts one and many, as each language does', () => {
    const said = (value: number): string[] => [fr, en].map((w) => unitOf(w, { ...cell, unit: 'posts', value }))
    expect([0, 1, 2].map(said)).toEqual([['point', 'points'], ['point', 'point'], ['points', 'points']])
  })
  it('is due tomorrow, across months too', () => {
    expect(tomorrow(new Date(2026, 10, 30, 23).getTime())).toBe('2026-12-01')
  })
})
