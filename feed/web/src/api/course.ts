import type { Author, Kind, Post, State } from './types'

export type Outcome = 'accepted' | 'refused' | 'merged' | 'deferred'

/** One who decides; whoever is away is replaced by a delegate. */
export type Seat = { member: string; name: string; for?: string; for_name?: string }
export type Vote = { member: string; name: string; for?: string; for_name?: string; yes: boolean; reason: string; at: string }

export type Helped = 'yes' | 'partly' | 'no'

/** What becomes of an accepted idea, and whether it helped. */
export type Task = {
  owner: Author
  due: string
  late?: boolean
  done?: string
  ask_at?: string
  asked?: boolean
  effect?: Helped
  words?: string
}

/** How far a question or idea is on its way to a decision. */
export type Course = {
  circuit: string
  step: number
  steps: number
  name: string
  /** Whom the step waits for. */
  deciders?: Seat[]
  /** Whom it waits for, where nobody of them exists. */
  roles?: string[]
  since: string
  due?: string
  overdue?: boolean
  level?: number
  votes?: Vote[]
  quorum?: number
  /** Absent while it is decided. */
  outcome?: Outcome
  reason?: string
  by?: Author
  /** Name of whom that person stood for. */
  for?: string
  at?: string
  /** The post that it was merged into. */
  into?: string
  /** The posts that were merged into it. */
  with?: string[]
  again?: string
  task?: Task
}

/** One step of a circuit, to be shown on the way. */
export type Stage = { name: string; roles: string[] }

/** Another post that belongs to one. */
export type Link = { as: 'from' | 'born' | 'into' | 'with'; id: string; kind: Kind; title: string; state: State }

export type DecisionListName = 'mine' | 'open' | 'late' | 'decided'
export type DecisionCounts = Record<DecisionListName, number>
export type DecisionList = { posts: Post[]; more: boolean; counts: DecisionCounts }

/** A word on a question or idea. */
export type Ruling = { outcome: Outcome; reason: string; into?: string; until?: string; owner?: string; due?: string; answer?: string }
