import { describe, expect, it } from 'vitest'
import type { Peer, Proposal } from '../src/api/proposal'
import { concernedBy, current, endsIt, peopleChoices, placeChoices, shownOf } from '../src/groups/concern'

const peer = (name: string, ...places: string[]): Peer => ({ id: name.toLowerCase(), name, places })
const place = (path: string, kind = 'line') => ({ path, name: path, kind, open: 0, rollout: 'open' as const })
const peers = [peer('Paul', 'lyon/a'), peer('Awa', 'lyon/a/1'), peer('Tomas', 'lyon/ab'), peer('Sofia', 'lyon')]

describe('whom a proposal concerns', () => {
  it('is who is named, and who works at a place or below it, but nobody above it', () => {
    expect(concernedBy(peers, ['tomas'], ['lyon/a']).map((p) => p.name)).toEqual(['Awa', 'Paul', 'Tomas'])
    expect(concernedBy(peers, [], [])).toEqual([])
  })

  it('is named once: who is of a chosen place is not offered again', () => {
    expect(peopleChoices(peers, ['lyon/a']).map((p) => p.name)).toEqual(['Sofia', 'Tomas'])
  })

  it('offers no place at which nobody works, and no machine', () => {
    const all = ['lyon/ab', 'lyon', 'lyon/a', 'lyon/z'].map((path) => place(path))
    expect(placeChoices(peers, [...all, place('lyon/a/1', 'machine')]).map((p) => p.id)).toEqual(['lyon', 'lyon/a', 'lyon/ab'])
  })

  it('keeps what is chosen in sight', () => {
    const all = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => ({ id: String(i), name: String(i) }))
    expect(shownOf(all, ['9']).shown.map((c) => c.id)).toEqual(['1', '2', '3', '4', '5', '6', '9'])
    expect(shownOf(all, ['9']).left).toBe(2)
  })
})

describe('proposals', () => {
  const one = (id: string, more: Partial<Proposal>): Proposal => ({
    id, name: id, state: 'asked', branches: [], places: [], people: peers, agreed: 1, refused: 0, own: false, at: '2026-03-01T08:00:00Z', ...more,
  })
  const now = Date.parse('2026-03-10T08:00:00Z')

  it('stand with what waits for the reader first, and go some days after they ended', () => {
    const all = [
      one('old', { state: 'declined', ended_at: '2026-03-02T08:00:00Z' }),
      one('open', { state: 'accepted', ended_at: '2026-03-09T08:00:00Z' }),
      one('own', { own: true, mine: true }),
      one('said', { mine: true }),
      one('asked', {}),
    ]
    expect(current(all, now).map((p) => p.id)).toEqual(['asked', 'said', 'own', 'open'])
  })

  it('end by the "no" that makes half of them, and by no other', () => {
    expect(endsIt(one('a', {}))).toBe(false)
    expect(endsIt(one('a', { refused: 1 }))).toBe(true)
    expect(endsIt(one('a', { refused: 1, mine: false }))).toBe(false)
    expect(endsIt(one('a', { people: peers.slice(0, 2) }))).toBe(true)
  })
})
