import { describe, expect, it } from 'vitest'
import type { Sheet } from '../src/api/living'
import type { Machine } from '../src/api/types'
import { lastHandover, standingOf, unsigned } from '../src/handover/handover'
import { en } from '../src/i18n/en'
import { fr } from '../src/i18n/fr'
import { conditionOf, waitingAloud } from '../src/line/alarm'
import { hasRoom, inView, most } from '../src/line/inView'
import { phrasesFor, suspectOf } from '../src/report/points'
import { aPost } from './post'

describe('the cards in view', () => {
  it.each([
    [0, 0, { toTake: 0, inHand: 0 }],
    [2, 1, { toTake: 2, inHand: 1 }],
    [6, 0, { toTake: 4, inHand: 0 }],
    [6, 3, { toTake: 3, inHand: 1 }],
    [1, 9, { toTake: 1, inHand: 3 }],
  ])('of %i to take and %i in hand', (toTake, held, shown) => expect(inView(toTake, held)).toEqual(shown))

  it('are never more than four, and never fewer than there is room for', () => {
    for (let waiting = 0; waiting < 8; waiting++) {
      for (let held = 0; held < 8; held++) {
        const shown = inView(waiting, held)
        expect(shown.toTake + shown.inHand).toBe(Math.min(waiting + held, most))
      }
    }
  })

  it('show their curve large only where there is room', () => {
    expect([hasRoom(0, 2), hasRoom(1, 2), hasRoom(0, 3), hasRoom(1, 3), hasRoom(0, 4)]).toEqual([true, true, true, false, false])
  })
})

describe('what is heard', () => {
  const critical = aPost({ severity: 'critical', since: '2026-11-21T09:00:00Z' })

  it('is critical, and nobody took it, after half a minute', () => {
    const loud = waitingAloud([critical, aPost({ id: 'm2' }), aPost({ id: 'm3', severity: 'critical', state: 'taken' }), aPost({ id: 'm4', severity: 'critical', stale: true })])
    expect([...loud]).toEqual([[conditionOf(critical), Date.parse('2026-11-21T09:00:30Z')]])
  })

  it('is heard again when it came back', () => {
    expect(conditionOf({ ...critical, since: '2026-11-21T10:00:00Z' })).not.toBe(conditionOf(critical))
  })
})

describe('what a report offers', () => {
  const machine = (path: string, severity?: Machine['severity']): Machine => ({ path, name: path, territory: 'l', taken: false, stale: false, signals: [], ...(severity && { severity }) })

  it('is first what was the cause before, in the reader’s language, and not how it was settled', () => {
    expect(phrasesFor('speed-point', ['Guide déréglé', 'Trop lent', 'Fausse alerte', 'Classé à la relève'], fr)).toEqual(['Guide déréglé', ...fr.lines.phrases['speed-point']].filter((p, i, all) => all.indexOf(p) === i))
    expect(phrasesFor('speed-point', ['Trop lent', 'Fausse alerte'], en)).toEqual(['Too slow', 'Minor stops', 'Uneven', 'Waiting for material'])
    expect(phrasesFor('quality-point', ['a', 'b', 'c', 'd', 'e', 'f'], fr)).toHaveLength(7)
  })

  it('is the machine that is worse off than all others', () => {
    expect(suspectOf([machine('a', 'minor'), machine('b', 'critical'), machine('c')])).toBe('b')
    expect(suspectOf([machine('a', 'major'), machine('b', 'major')])).toBeUndefined()
    expect(suspectOf([machine('a', 'info'), machine('b')])).toBeUndefined()
  })
})

describe('a handover', () => {
  const sheet: Sheet = {
    shift: 'matin', start: '', end: '', open: [], unanswered: [], shelved: [], unstable: [], runs: [], opened: 0, solved: 0, held: 0, signed: [],
  }
  const handover = (id: string, territory: string, opened_at: string, state: 'new' | 'closed' = 'new') =>
    aPost({ id, kind: 'handover', territory, opened_at, state, sheet })

  it('is the newest open one of the place, before those around it', () => {
    const posts = [handover('old', 'p/l3', '1'), handover('now', 'p/l3', '2'), handover('site', 'p', '3'), handover('past', 'p/l3', '4', 'closed'), handover('other', 'p/l30', '5')]
    expect(lastHandover(posts, 'p/l3')?.id).toBe('now')
    expect(lastHandover(posts, 'p/l4')?.id).toBe('site')
    expect(lastHandover([handover('other', 'p/l30', '5')], 'p/l3')).toBeUndefined()
  })

  it('is handed over near the end of its shift, and taken over at any time', () => {
    const end = Date.parse('2026-01-05T12:00:00Z')
    const ended = { ...sheet, end: '2026-01-05T12:00:00Z' }
    const taken = { ...ended, signed: [{ side: 'received' as const, name: 'Karim', member: 'k', at: '' }] }
    const hour = 3_600_000
    expect(unsigned(ended, end + hour)).toEqual(['given', 'received'])
    expect(unsigned(ended, end + 3 * hour)).toEqual(['received'])
    expect(unsigned(taken, end + hour)).toEqual(['given'])
    expect(unsigned(taken, end + 3 * hour)).toEqual([])
  })

  it('files what a person said or what ended, never what a machine still says', () => {
    const filed = fr.lines.filed
    expect(standingOf(aPost(), filed)).toBe('holds')
    expect(standingOf(aPost({ active: false, latched: true }), filed)).toBe('filable')
    expect(standingOf(aPost({ author: { kind: 'person', name: 'Karim' } }), filed)).toBe('filable')
    expect(standingOf(aPost({ state: 'resolved', cause: filed }), filed)).toBe('filed')
    expect(standingOf(aPost({ state: 'resolved', cause: 'Buse' }), filed)).toBe('ended')
    expect(standingOf(undefined, filed)).toBe('ended')
  })
})
