import type { Author } from './types'

/** What people put into a post; machines put nothing. */
export type Talk = {
  tags?: string[]
  /** To whom it is put; absent: to those who read the place. */
  for?: Population
  expires?: string
  /** The comment that was kept as the answer. */
  accepted?: string
  poll?: Poll
  /** How many said that they read and understood it. */
  readers?: number
  course?: Course
  card?: Card
  /** A moderator took it off the screens. */
  hidden?: Hidden
  edited_at?: string
  /** The post that it was born of. */
  from?: string
}

export type Named = { id: string; name: string }
export type Population = { places?: Named[]; roles?: string[]; skills?: string[]; shifts?: string[]; people?: string[] }
/** votes: to whoever has chosen, and to all once it is over. */
export type Poll = { choices: { text: string; votes?: number }[]; closes?: string; voters: number }
export type Hidden = { by: Author; at: string; reason: string }
export type Mention = { as: string; member?: string; role?: string; skill?: string }

/** A good practice: what it helps against, and how fresh it is. */
export type Card = {
  asset?: string
  asset_name?: string
  sku?: string
  cause: string
  confirmed: string
  by: Author
  uses: number
  retired: boolean
}

export type Outcome = 'accepted' | 'refused' | 'merged' | 'deferred'

/** How far a question or idea is on its way to a decision. */
export type Course = {
  circuit: string
  step: number
  steps: number
  name: string
  /** Members whom the step waits for. */
  deciders?: string[]
  roles?: string[]
  since: string
  due?: string
  overdue?: boolean
  level?: number
  votes?: { member: string; name: string; for?: string; yes: boolean; at: string }[]
  quorum?: number
  /** Absent while it is decided. */
  outcome?: Outcome
  reason?: string
  by?: Author
  at?: string
  /** The post that it was merged into. */
  into?: string
  again?: string
  /** What an accepted idea became. */
  task?: { owner: Author; due: string; done?: string; ask_at?: string; effect?: string }
}
