import type { Author, Grant } from './types'
import type { Help, Named } from './talk'

/** Something that somebody can do. */
export type Skill = {
  name: string
  /** 1 learns, 2 does it alone, 3 can teach it. */
  level: number
  validator?: string
  expires?: string
  state: 'valid' | 'soon' | 'expired'
}

export type Away = { from: string; until: string; delegate?: Named; now: boolean }

/** What somebody seems to know, from the posts that they solved; for them alone. */
export type Hint = { name: string; solved: number }
export type OwnCard = { listed: boolean; consents: boolean; hints: Hint[] }

/** Somebody as the directory shows them. */
export type Colleague = {
  id: string
  name: string
  functions: string[]
  places: Grant[]
  present: boolean
  absence?: Away
  /** They show their skills and appetences. */
  open: boolean
  skills: Skill[]
  appetences: string[]
  /** On one's own card. */
  self?: OwnCard
  /** The reader may confirm their skills. */
  validates: boolean
}

/** A call for a hand that one was asked to answer. */
export type HelpCall = {
  id: string
  text: string
  place: string
  author: Author
  taker?: Author
  opened_at: string
  help?: Help
  in_reading: boolean
}
