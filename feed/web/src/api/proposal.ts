/** Somebody whom a proposal names. */
export type Concerned = { id: string; name: string }

/** Somebody whom one may name in a proposal. */
export type Peer = {
  id: string
  name: string
  /** Where they work, of the places that the reader reads around. */
  places: string[]
}

/** A place beside the tree that is proposed to the reader, or by them. */
export type Proposal = {
  id: string
  name: string
  /** What is to be talked of there. */
  about?: string
  state: 'asked' | 'accepted' | 'declined' | 'withdrawn'
  /** Who proposes it; absent: it is suggested. */
  by?: string
  words?: string
  /** Conversations of 30 days across the branches, where it is suggested. */
  threads?: number
  branches: string[]
  /** Names of the places whose people it concerns, where some were named. */
  places: string[]
  people: Concerned[]
  agreed: number
  refused: number
  /** What the reader answered. */
  mine?: boolean
  /** The reader proposes it, and may withdraw it. */
  own: boolean
  place?: string
  at: string
  /** When it was accepted, declined or withdrawn. */
  ended_at?: string
}

/** What is proposed to the reader, and whom they may propose something to. */
export type ProposalList = { proposals: Proposal[]; colleagues: Peer[] }

/** A place beside the tree that somebody wants, for these people and for those of these places. */
export type ProposalDraft = { name: string; about: string; why: string; people: string[]; places: string[] }
