import { describe, expect, it } from 'vitest'
import type { Grant, Me } from '../src/api/types'
import { byNews } from '../src/groups/order'
import { pollOf, sharesOf } from '../src/poll/shares'
import { chipsOf, endAt, ownPlaces, placesBelow, toggled } from '../src/publish/population'

const grant = (territory: string, role: Grant['role']): Grant => ({ territory, name: territory, kind: 'site', role })
const me = (...grants: Grant[]): Me => ({ id: 'm', name: 'M', lang: 'fr', grants, station: false })
const place = (path: string, kind = 'line') => ({ path, name: path, kind, open: 0, rollout: 'open' as const })

describe('to whom one publishes', () => {
  it('is where one has a role that may, each place once', () => {
    const own = ownPlaces(me(grant('lyon', 'manager'), grant('lyon', 'lead'), grant('shop', 'staff'), grant('@g', 'keeper'), grant('@h', 'member')))
    expect(own.map((o) => o.path)).toEqual(['lyon', '@g'])
  })

  it('offers what lies below, and keeps what is chosen in sight', () => {
    const own = [{ path: 'lyon', name: 'Lyon', kind: 'site' }]
    const below = placesBelow(own, [place('lyon/a'), place('lyon/a/m', 'machine'), place('paris/a'), ...[1, 2, 3, 4, 5, 6, 7].map((n) => place(`lyon/b/${n}`))])
    expect(below.map((b) => b.path)).toEqual(['lyon/a', ...[1, 2, 3, 4, 5, 6, 7].map((n) => `lyon/b/${n}`)])
    const { shown, left } = chipsOf(own, below, ['lyon/b/7'])
    expect(shown.map((s) => s.path)).toEqual(['lyon', 'lyon/a', 'lyon/b/1', 'lyon/b/2', 'lyon/b/3', 'lyon/b/4', 'lyon/b/7'])
    expect(left.map((s) => s.path)).toEqual(['lyon/b/5', 'lyon/b/6'])
  })

  it('holds no place twice, and no group beside a place', () => {
    expect(toggled(['lyon/a', 'lyon/b'], 'lyon')).toEqual(['lyon'])
    expect(toggled(['lyon'], 'lyon/a')).toEqual(['lyon/a'])
    expect(toggled(['lyon/a'], 'lyon/ab')).toEqual(['lyon/a', 'lyon/ab'])
    expect(toggled(['lyon'], '@g')).toEqual(['@g'])
    expect(toggled(['@g'], 'lyon')).toEqual(['lyon'])
    expect(toggled(['lyon'], 'lyon')).toEqual([])
  })

  it('ends within what the server allows', () => {
    const from = new Date(2026, 10, 22, 4, 0)
    expect(endAt('week', from)).toBeUndefined()
    expect(endAt('day', from)).toBe(new Date(2026, 10, 23, 23, 59).toISOString())
    expect(Date.parse(endAt('month', from)!) - from.getTime()).toBeLessThan(30 * 86_400_000)
  })
})

describe('a poll', () => {
  it('tells shares only to who may know', () => {
    expect(sharesOf({ choices: [{ text: 'a' }, { text: 'b' }], voters: 3 })).toBeUndefined()
    expect(sharesOf({ choices: [{ text: 'a', votes: 0 }, { text: 'b', votes: 0 }], voters: 0 })).toEqual([0, 0])
    expect(sharesOf({ choices: [{ text: 'a', votes: 1 }, { text: 'b', votes: 2 }], voters: 3 })).toEqual([33, 67])
  })

  it('is none with fewer than two choices', () => {
    expect(pollOf(['a', ' '])).toBeUndefined()
    expect(pollOf([' a', '', 'b'])).toEqual({ choices: ['a', 'b'] })
  })
})

it('lists invitations first, then groups by their last word, archives at the end', () => {
  const group = (name: string, more: object) => ({ name, mine: 'member', ...more }) as Parameters<typeof byNews>[0]
  const all = [group('old', { latest: '2026-01-01' }), group('gone', { archived: '2026-02-01', latest: '2026-03-01' }), group('new', { latest: '2026-02-01' }), group('asked', { mine: 'invited' })]
  expect(all.sort(byNews).map((g) => g.name)).toEqual(['asked', 'new', 'old', 'gone'])
})
