import type { Course } from './course'
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
export type Poll = { choices: { text: string; votes: number }[]; closes?: string }
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
