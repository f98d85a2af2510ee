// Activity reports, and the sheets of short meetings.
import type { Post } from './types'

/** One ISO week or month, as the clocks of the place have it. */
export type Period = { id: string; unit: 'week' | 'month'; from: string; to: string }

/** How long something took, in minutes: half of the times at most p50. */
export type Delay = { count: number; p50?: number; p90?: number }
export type Share = { part: number; whole: number }

/** What became of the posts of a place in a period. Sums of time are in minutes. */
export type Figures = {
  posts: number
  alerts: number
  by_kind: Record<string, number>
  by_topic: Record<string, number>
  by_severity: Record<string, number>
  take: Delay
  solve: Delay
  last: Delay
  solved: Share
  again_24h: Share
  again_7d: Share
  stopped: number
  lost: number
  shelf_empty: number
  decided: number
  deciding: Delay
  money?: number
}

/** The figures of the time as a ghost, brought to the length of the period. */
export type Baseline = { from: string; to: string; scale: number; figures: Figures }
export type Beat = { period: string; alerts: number; take?: number; stopped: number; shelf_empty: number }
/** One bar of a Pareto; all others together have no name. The same in English where it was offered so. */
export type Bar = { name: string; english?: string; value: number }
export type Noisy = { rule: string; posts: number; noise: number }
export type Placed = { territory: string; name: string; alerts: number; take?: number; solve?: number; stopped: number; shelf_empty: number }
/** How people took part in a month, where that may be told. */
export type Engagement = { month: string; people?: number; answered?: number; useful?: number }
export type Cost = { territory: string; minute: number; part: number; shelf_empty: number; currency: string }

export type Balance = {
  territory: string
  name: string
  period: Period
  previous: string
  next?: string
  zone: string
  at: string
  kept: boolean
  now: Figures
  before?: Figures
  baseline?: Baseline
  trend: Beat[]
  causes: Bar[]
  stops: Bar[]
  noise: Noisy[]
  places: Placed[]
  life: Engagement
  cost?: Cost
  subscribed: ('week' | 'month')[]
  may_cost: boolean
}

/** A stretch of the posts behind a figure, and what each adds to it. */
export type BehindPage = {
  posts: Post[]
  adds: { value?: number; parts?: Bar[] }[]
  all: number
  hidden: number
  next?: number
  unit: 'posts' | 'percent' | 'minutes' | 'median' | 'pieces' | 'money'
  figure?: number
  of?: number
}

export type Concern = 'safety' | 'quality' | 'cost' | 'delivery' | 'people'
export type Span = 'shift' | 'day'
export type Correction = { value: number; abnormal: boolean; reason: string; by: string; at: string }
export type MeetingTask = { id: string; concern: Concern; text: string; owner: string; due: string; done: boolean }
export type RaisedLine = { id: string; concern: Concern; text: string; territory: string; name: string; by: string; at: string }
export type MeetingCell = {
  concern: Concern
  value?: number
  unit: 'posts' | 'pieces' | 'minutes' | 'percent' | 'people'
  abnormal: boolean
  posts: string[]
  corrected?: Correction
}

/** The sheet of a place for a shift or day. */
export type Meeting = {
  territory: string
  name: string
  above?: string
  span: Span
  shift?: string
  from: string
  to: string
  cells: MeetingCell[]
  tasks: MeetingTask[]
  raised: RaisedLine[]
  below: RaisedLine[]
  done?: { by: string; at: string }
  posts: Post[]
  may_write: boolean
}

/** One thing that somebody writes on a sheet. */
export type MeetingChange =
  | { correct: { concern: Concern; value: number; abnormal: boolean; reason: string } }
  | { task: MeetingTask }
  | { raise: { concern: Concern; text: string } }
  | { end: true }
