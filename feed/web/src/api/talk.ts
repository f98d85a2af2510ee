import type { Course } from './course'
import type { Author, Comment, Post } from './types'

/** What people put into a post; machines put nothing. */
export type Talk = {
  tags?: string[]
  /** Whom the post's own words call. */
  mentions?: Mention[]
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
  /** It stands first where it is. */
  pin?: Pinned
  /** When those present were last reminded of it. */
  nudged_at?: string
  help?: Help
  /** The post that it was born of. */
  from?: string
}

export type Pinned = { by: Author; until: string }

/** What a call for a hand asks for, and how far it was heard. */
export type Help = { skill?: string; learners?: boolean; at?: string; asked: number; around: string }

export type Named = { id: string; name: string }
export type Population = { places?: Named[]; roles?: string[]; skills?: string[]; shifts?: string[]; people?: string[] }
/** votes: to whoever has chosen, and to all once it is over. */
export type Poll = { choices: { text: string; votes?: number }[]; closes?: string; voters: number }
export type Hidden = {
  by: Author
  at: string
  reason: string
  /** Of the author, for them and those who moderate. */
  answer?: string
}
export type Mention = {
  as: string
  member?: string
  role?: string
  skill?: string
  /** How many were told. */
  told?: number
  /** Nobody of them was present, so all were told. */
  absent?: boolean
}

/** What somebody finds unfit to be read; without a comment, the post's own words. */
export type Flag = { comment?: string; reason: string; at: string }
export type Version = { text: string; at: string }
export type Callable = { role: string; name: string; present: number; total: number }

/** Whom what is being typed may call. */
export type Mentionable = { people: Named[]; roles: Callable[]; skills: string[] }

/** Somebody from outside who reads one thread by a link. */
export type Guest = { id: string; name: string; by: Author; at: string; until: string; valid: boolean; /** Told once. */ path?: string }
export type GuestThread = { name: string; until: string; post: Post; thread: Comment[] }

/** A good practice: what it helps against, and how fresh it is. */
export type Card = {
  asset?: string
  asset_name?: string
  sku?: string
  rule?: string
  cause: string
  /** What helped. */
  action: string
  /** What was wrong, in the words of the post that it was made of. */
  wrong: string
  confirmed: string
  /** Who last said that it holds. */
  by: Author
  uses: number
  /** Nobody has confirmed it for long. */
  due: boolean
  retired: boolean
  reason?: string
}
