// What the rules make of a post beside its sentence: conditions, runs, sheets.
import type { Author, Severity, State } from './types'

/** One condition under a post of several. */
export type Condition = {
  key: string
  rule: string
  asset: string
  name: string
  sku?: string
  at: string
  first: boolean
  active: boolean
  severity: Severity
  title: string
}

/** Who silenced a post and why; without until or once it is out of service. */
export type Shelf = { until?: string; once: boolean; by: Author; reason: string }

/** How the same thing was solved the last time. */
export type Past = { post: string; cause: string; action?: string; at: string; minutes: number; by: string }

/** The state of a production thread; paces are pieces a minute. */
export type Run = {
  order?: string
  product?: string
  shift?: string
  count: number
  target?: number
  scrap: number
  pace: number
  ideal?: number
  lost: number
  stops: Halt[]
  stopped: boolean
  started_at: string
  expected_end?: string
}

/** The stops of one cause. */
export type Halt = { cause: string; count: number; minutes: number }

/** What a shift hands over. */
export type Sheet = {
  shift: string
  next?: string
  start: string
  end: string
  open: SheetLine[]
  unanswered: SheetLine[]
  shelved: SheetLine[]
  unstable: SheetLine[]
  runs: SheetLine[]
  opened: number
  solved: number
  held: number
  signed: Signature[]
}

export type Side = 'given' | 'received'
/** A person's word on a side of a handover. */
export type Signature = { side: Side; name: string; member: string; at: string }

export type SheetLine = { post: string; title: string; severity: Severity; state: State; note?: string; run?: Run }

export type HeldReason = 'grouped' | 'suppressed' | 'shelved' | 'flood' | 'budget'

/** One condition that is held back; by is the post that stands for it. */
export type Held = {
  key: string
  reason: HeldReason
  by?: string
  territory: string
  territory_name: string
  asset?: string
  asset_name?: string
  sku?: string
  rule: string
  severity: Severity
  title: string
  since: string
  until?: string
}
