/** Somebody whom a proposal names. */
export type Concerned = { id: string; name: string }

/** A group beside the tree that is proposed to the reader. */
export type Proposal = {
  id: string
  name: string
  state: 'asked' | 'accepted' | 'declined'
  /** Who proposes it; absent: it is suggested. */
  by?: string
  words?: string
  /** Conversations of 30 days across the branches, where it is suggested. */
  threads?: number
  branches: string[]
  people: Concerned[]
  agreed: number
  /** What the reader answered. */
  mine?: boolean
  place?: string
  at: string
}
