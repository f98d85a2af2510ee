// The rules, what they did, and what others would have done.
import type { Point } from './types'

/** One rule and its last seven days. */
export type Rule = {
  id: string
  kind: string
  title: string
  owner?: string
  topic: string
  severity: string
  file: string
  line?: number
  match?: string
  source?: string
  shadow?: { author: string; of?: string }
  posts: number
  /** Posts a day that it is meant to open. */
  expected?: number
  ghosts: number
  noise: number
  people: number
  shelved: number
  held: number
  resolved: number
  last?: string
}

/** The rules that speak, and what is wrong with their files since these changed. */
export type RuleBook = { rules: Rule[]; since: string; fault?: string }

/** A post that was opened, or would be. */
export type Opening = { rule: string; asset?: string; at: string; title: string; post?: string }

/** What one set of rules would post that another does not. */
export type Diff = { same: number; added: Opening[]; removed: Opening[] }

/** Rules to try on what happened between two instants. */
export type Trial = { rules: string; against?: boolean; from: string; to: string }

export type Replay = { state: 'running' | 'done' | 'failed'; progress: number; error?: string; report?: ReplayReport }

export type ReplayReport = {
  from: string
  to: string
  events: number
  threads: DayCount[]
  chatter: number
  flood_share: number
  top: RuleShare[]
  diff?: Diff
  pictures: Picture[]
}

export type DayCount = { day: string; territory: string; posts: number; bumps: number }
export type RuleShare = { rule: string; posts: number; share: number }

/** A signal as it was, with limits, and where a post would have opened. */
export type Picture = {
  rule: string
  asset: string
  signal: string
  unit?: string
  limits: number[]
  points: Point[]
  opens: Span[]
}
export type Span = { at: string; until?: string }
