import { describe, expect, it } from 'vitest'
import type { Kind, Post } from '../src/api/types'
import { boardOf, byHour } from '../src/direct/board'
import { saysAll } from '../src/direct/search'
import { shiftStart } from '../src/direct/shift'
import { en } from '../src/i18n/en'
import { fr } from '../src/i18n/fr'
import { readAs } from '../src/i18n/offered'
import { livingOf } from '../src/post/besides'
import { teamsOf } from '../src/post/teams'
import { electro } from '../src/territories/electro'
import { aPost } from './post'

const now = Date.parse('2026-11-21T23:40:00Z')
const ids = (posts: Post[]): string => posts.map((p) => p.id).join()

/** The handover that a shift of line 3 wrote. */
const handover = (start: string, end: string): Post =>
  aPost({
    kind: 'handover',
    sheet: { shift: 'nuit', start, end, open: [], unanswered: [], shelved: [], unstable: [], runs: [], opened: 0, solved: 0, held: 0, signed: [] },
  })

describe('the board', () => {
  it('begins with what is critical and has waited the longest', () => {
    const posts = [
      aPost({ id: 'late', severity: 'critical', since: '2026-11-21T12:00:00Z' }),
      aPost({ id: 'major' }),
      aPost({ id: 'first', severity: 'critical', since: '2026-11-21T08:00:00Z' }),
      aPost({ id: 'over', severity: 'critical', since: '2026-11-21T07:00:00Z', latched: true }),
    ]
    expect(ids(boardOf(posts, '', now).take)).toBe('first,late,major,over')
  })

  it('has each post in one place, and those of another territory in none', () => {
    const kinds: Kind[] = ['alert', 'production', 'handover', 'good-news', 'idea']
    const posts = [...kinds.map((kind) => aPost({ id: kind, kind })), aPost({ id: 'taken', state: 'taken' }), aPost({ id: 'away', territory: 'paris' })]
    const board = boardOf(posts, 'lyon', now)
    expect(Object.values(board).flat()).toHaveLength(6)
    expect([ids(board.take), ids(board.hand), ids(board.decide)]).toEqual(['alert', 'taken', 'idea'])
    expect([ids(board.runs), ids(board.handovers), ids(board.news)]).toEqual(['production', 'handover', 'good-news'])
  })

  it('asks nobody to take what sells well, and shows who took it all the same', () => {
    const sells = (id: string, change: Partial<Post> = {}): Post => aPost({ id, kind: 'selling-well', topic: 'sales', severity: 'info', ...change })
    const board = boardOf([sells('told'), sells('taken', { state: 'taken' })], '', now)
    expect([ids(board.take), ids(board.news), ids(board.hand)]).toEqual(['', 'told', 'taken'])
  })

  it('tells what ended in this shift by the hour, the last first', () => {
    const at = new Date(2026, 10, 21, 14, 40).getTime()
    const ended = (id: string, day: number, h: number, m: number) =>
      aPost({ id, state: 'closed', active: false, closed_at: new Date(2026, 10, day, h, m).toISOString() })
    const posts = [ended('a', 21, 13, 5), ended('b', 21, 14, 32), ended('c', 21, 6, 39), ended('d', 21, 13, 50)]
    expect(byHour(boardOf(posts, '', at).ended, String).map((g) => [g.title, ids(g.posts)])).toEqual([['14', 'b'], ['13', 'd,a']])
  })
})

describe('the shift', () => {
  const night = handover('2026-11-21T20:00:00Z', '2026-11-22T04:00:00Z')
  const start = (handovers: Post[], at: string, place = 'lyon/bottling/line-3'): string =>
    new Date(shiftStart(place, handovers, Date.parse(at))).toISOString()

  it('goes over midnight', () => {
    expect(start([night], '2026-11-22T00:10:00Z')).toBe('2026-11-21T20:00:00.000Z')
    const settled = aPost({ state: 'closed', active: false, closed_at: '2026-11-21T23:50:00Z' })
    expect(boardOf([night, settled], '', Date.parse('2026-11-22T00:10:00Z')).ended).toHaveLength(1)
  })

  it('begins when the one before it ended', () => {
    expect(start([night], '2026-11-22T04:10:00Z')).toBe('2026-11-22T04:00:00.000Z')
  })

  it('is eight hours where no calendar covers the place, or the last handover is long past', () => {
    expect(start([night], '2026-11-22T00:10:00Z', 'paris')).toBe('2026-11-21T16:10:00.000Z')
    expect(start([night], '2026-11-23T04:10:00Z')).toBe('2026-11-22T20:10:00.000Z')
  })
})

describe('whom to ask', () => {
  it('is the owner of the rule first, and nobody twice under two names', () => {
    expect(teamsOf(aPost({ owner: '@qualite' }), fr).map((t) => t.name)).toEqual(['qualité', 'chef d’équipe', 'maintenance'])
    expect(teamsOf(aPost(), fr)[0]!.role).toBe('lead')
  })

  it('stays in its order when the teams of the post arrive', () => {
    const before = teamsOf(aPost({ owner: '@maintenance' }), fr)
    const detail = { ...aPost({ owner: '@maintenance' }), teams: ['maintenance', 'manager', 'lead', 'quality'] } as Parameters<typeof teamsOf>[0]
    expect(teamsOf(detail, fr).slice(0, before.length)).toEqual(before)
    expect(teamsOf(detail, fr).at(-1)!.role).toBe('manager')
  })

  it('is told with who asked', () => {
    expect(livingOf(aPost({ asked: 'maintenance', asked_by: 'Sofia' }), fr, now)).toEqual([['asked', 'Demandé à : maintenance, par Sofia']])
    expect(livingOf(aPost({ asked: 'lead' }), en, now)).toEqual([['asked', 'Asked: team lead']])
  })
})

describe('a decision', () => {
  it('is read in the language of its reader, with its reason', () => {
    expect([readAs('Acceptée', en), readAs('Postponed', fr), readAs('Trop coûteux', en)]).toEqual(['Accepted', 'Reportée', 'Too costly'])
  })
})

describe('the search of what ended', () => {
  const post = aPost({ title: 'Étiquette de travers', cause: 'Bobine changée' })
  it('finds each word wherever it stands, without its accents', () => {
    expect(['etiquette', 'BOBINE travers', ''].every((words) => saysAll(post, words))).toBe(true)
    expect(saysAll(post, 'bobine poids')).toBe(false)
  })
})

describe('the pulse', () => {
  it('is straight where nothing happened, and beats higher where more did', () => {
    expect(electro([0, 0], 9)).toBe('M0 20H10H20')
    const high = (path: string): number => Number(/l2 -([\d.]+)/.exec(path)?.[1])
    expect(high(electro([9], 9))).toBe(17)
    expect(high(electro([1], 9))).toBeCloseTo(17 / 3, 1)
    expect(high(electro([1], 900)), 'a quiet hour beside a busy one').toBe(3)
  })
})
