import type { Peer, Proposal } from '../api/proposal'
import type { Territory } from '../api/types'
import { byPlace } from '../feed/territory'

/** Somebody or some place that a touch names. */
export type Choice = { id: string; name: string }

const mostChips = 6

const worksAt = (peer: Peer, place: string): boolean => peer.places.some((at) => at === place || at.startsWith(place + '/'))

/** The colleagues who work at or below one of these places. */
export const ofPlaces = (peers: readonly Peer[], places: readonly string[]): Peer[] => peers.filter((peer) => places.some((place) => worksAt(peer, place)))

/** Whom a proposal would concern beside who makes it, by name. */
export function concernedBy(peers: readonly Peer[], people: readonly string[], places: readonly string[]): Peer[] {
  const there = new Set(ofPlaces(peers, places))
  return peers.filter((peer) => there.has(peer) || people.includes(peer.id)).sort(byName)
}

const byName = (a: Choice, b: Choice): number => a.name.localeCompare(b.name)

/** The places to name, the widest first: those at which some colleague works. */
export const placeChoices = (peers: readonly Peer[], territories: readonly Territory[]): Choice[] =>
  territories
    .filter((t) => t.kind !== 'machine' && peers.some((peer) => worksAt(peer, t.path)))
    .sort(byPlace)
    .map(({ path, name }) => ({ id: path, name }))

/** The colleagues to name one by one: those whom no chosen place names already. */
export function peopleChoices(peers: readonly Peer[], places: readonly string[]): Choice[] {
  const there = new Set(ofPlaces(peers, places))
  return peers.filter((peer) => !there.has(peer)).sort(byName)
}

/** What stands as chips at once: the first, and what is chosen. */
export function shownOf(all: readonly Choice[], chosen: readonly string[]): { shown: Choice[]; left: number } {
  const shown = all.filter((one, i) => i < mostChips || chosen.includes(one.id))
  return { shown, left: all.length - shown.length }
}

const seenFor = 3 * 24 * 60 * 60_000

/** What still asks for an answer, one's own last, then what ended these days. */
export function current(proposals: readonly Proposal[], now: number): Proposal[] {
  const rank = ({ state, own, mine }: Proposal): number => (state !== 'asked' ? 3 : own ? 2 : mine === undefined ? 0 : 1)
  return proposals.filter((p) => p.state === 'asked' || now - Date.parse(p.ended_at ?? p.at) < seenFor).sort((a, b) => rank(a) - rank(b))
}

/** A "no" now ends the proposal: half of those concerned would be against it. */
export const endsIt = ({ refused, mine, people }: Proposal): boolean => 2 * (refused + (mine === false ? 0 : 1)) >= people.length
