import type { Candidate, NamedPlace } from './place'

export type NeedPost = { id: string; title: string; opened_at: string }

/** One reason for which a place needs a hand. */
export type PlaceNeed = {
  why: 'flat' | 'unled' | 'unanswered' | 'one-person' | 'noise' | 'unread'
  since?: string
  count: number
  of: number
  calls: number
  rule?: string
  rule_title?: string
  /** The notice that few have read. */
  post?: string
  posts: NeedPost[]
}

/** A place that needs a hand, the gravest reason first. */
export type PlaceNeeds = NamedPlace & { kind: string; publish: boolean; needs: PlaceNeed[] }

/** Who helps the people of a place along, and, for who animates it, who might. */
export type Embassy = {
  ambassadors: Candidate[]
  asked: Candidate[]
  suggested: Candidate[]
  others: Candidate[]
  mine: boolean
  called: boolean
  animate: boolean
}

/** The places that one is an ambassador of, or is asked to be. */
export type OwnEmbassies = { of: NamedPlace[]; asked: NamedPlace[] }
