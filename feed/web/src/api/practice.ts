import type { Post } from './types'

/** A good practice that is offered with a post, and why it is. */
export type Practice = {
  id: string
  cause: string
  /** What helped. */
  action: string
  close: 'thing' | 'rule' | 'cause' | 'topic'
  confirmed: string
  /** Nobody has confirmed it for long. */
  due: boolean
  /** How often somebody said that it helped. */
  uses: number
  /** The reader said that it helped with this post. */
  mine: boolean
}

/** The good practice that a home shows with a post of its feed. */
export type Fitting = { post: string; card: string; cause: string; action: string }

export type PracticeListName = 'live' | 'due' | 'retired'
export type PracticeCounts = Record<PracticeListName, number>
export type PracticeList = { posts: Post[]; more: boolean; counts: PracticeCounts }

/** What a person says in a good practice; wide: not for the machine alone. */
export type CardDraft = { cause: string; action: string; text?: string; wide?: boolean; photos?: string[] }
