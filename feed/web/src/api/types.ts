// The JSON of /api/v1, as the server writes it. Instants are RFC 3339 UTC.
import type { Link, Stage } from './course'
import type { Condition, Past, Run, Sheet, Shelf } from './living'
import type { Audience, NewPoll } from './group'
import type { Flag, Hidden, Mention, Talk } from './talk'
import type { Practice } from './practice'

export type Lang = 'fr' | 'en'
export type Role = 'operator' | 'staff' | 'lead' | 'manager' | 'animator' | 'admin' | 'auditor' | 'ambassador' | 'member' | 'keeper' | 'station' | 'wall'

export type Grant = { territory: string; name: string; kind: string; role: Role }
export type Me = {
  id: string
  name: string
  lang: Lang
  grants: Grant[]
  /** The paired device that one stands before. */
  device?: Device
  /** Nobody is signed in: it is the device itself that reads and takes. */
  station: boolean
  /** What closes unsent words on this device so that only their author reads them. */
  seal?: Seal
}

export type Device = { id: string; name: string; place: string; place_name: string; place_kind: string; kind: 'station' | 'wall' }
/** An AES-256-GCM key, base64, and the name under which the server knows it. */
export type Seal = { id: string; key: string }

/** Someone who may sign in on this device, or in the demo. */
export type Person = {
  id: string
  name: string
  role: Exclude<Role, 'ambassador' | 'station' | 'wall' | 'member' | 'keeper'>
  place: string
  /** How many digits their code has, where everybody knows. */
  digits?: number
}

export type Author = { kind: 'machine' | 'erp' | 'person'; name: string; member?: string }

/** One sample of a curve: Unix milliseconds, value. */
export type Point = [at: number, value: number]

export type Comment = {
  id: string
  parent?: string
  author: Author
  text: string
  at: string
  /** When it was written, where that is not when it arrived. */
  typed_at?: string
  photos?: Photo[]
  mentions?: Mention[]
  edited_at?: string
  /** Its author took it back: its words are gone. */
  deleted?: boolean
  hidden?: Hidden
}

export type Kind =
  | 'alert'
  | 'stock-out'
  | 'phantom-stock'
  | 'selling-well'
  | 'production'
  | 'good-news'
  | 'handover'
  | 'flood'
  | 'quality-point'
  | 'speed-point'
  | 'stop-point'
  | 'shortage'
  | 'safety-point'
  | 'price-point'
  | 'other-point'
  | 'idea'
  | 'question'
  | 'announcement'
  | 'must-read'
  | 'help-wanted'
  | 'note'
  | 'practice'
export type Topic = 'quality' | 'speed' | 'stop' | 'maintenance' | 'safety' | 'stock' | 'sales' | 'material' | 'price' | 'other' | 'idea' | 'life'
export type Step = { step: 'backroom' | 'ordered'; at: string; by: Author }
export type State = 'new' | 'taken' | 'onsite' | 'resolved' | 'closed'
export type Severity = 'critical' | 'major' | 'minor' | 'info'
export type Reaction = 'useful' | 'like' | 'recommend'

export type Post = {
  id: string
  kind: Kind
  topic: Topic
  state: State
  severity: Severity
  title: string
  text?: string
  territory: string
  territory_name: string
  asset?: string
  asset_name?: string
  store?: string
  sku?: string
  author: Author
  signal?: string
  value?: number
  unit?: string
  limit?: number
  active: boolean
  stale: boolean
  back_to_normal: boolean
  occurrences: number
  me_too: number
  taker?: Author
  taken_at?: string
  cause?: string
  action?: string
  owner?: string
  /** What the rule asks people. */
  question?: string
  members?: Condition[]
  /** Conditions ever in it; more than members when those are capped. */
  total?: number
  holding?: number
  /** It comes and goes: flips changes lately. */
  unstable?: boolean
  flips?: number
  /** It ended, and waits for somebody to say so. */
  latched?: boolean
  shelf?: Shelf
  /** The role that was asked: by a person, or because nobody answered. */
  asked?: string
  /** The person who asked it, where no rule did. */
  asked_by?: string
  level?: number
  /** How many people said that it is noise. */
  noise?: number
  past?: Past
  /** The post that this one goes on from. */
  previous?: string
  run?: Run
  sheet?: Sheet
  /** Who sees it, when not everybody. */
  audience?: 'ghost' | 'shadow'
  comments: number
  last_comment?: Comment
  reactions: Record<Reaction, number>
  series?: Point[]
  photos?: Photo[]
  /** When a person wrote it, where that is not when it arrived. */
  typed_at?: string
  /** How far a stock-out is. */
  steps?: Step[]
  /** What people put into it. */
  talk?: Talk
  opened_at: string
  since: string // opened, or the last time that it came back
  updated_at: string
  bumped_at: string
  closed_at?: string
  /** Number of its last change: of two versions, the higher is the newer. */
  change: number
}

export type EntryKind =
  | 'opened'
  | 'worse'
  | 'recovered'
  | 'recurred'
  | 'stale'
  | 'refreshed'
  | 'taken'
  | 'onsite'
  | 'resolved'
  | 'reopened'
  | 'joined'
  | 'unstable'
  | 'steady'
  | 'latched'
  | 'shelved'
  | 'unshelved'
  | 'escalated'
  | 'retired'
  | 'noise'
  | 'released'
  | 'reset'
  | 'assigned'
  | 'backroom'
  | 'ordered'
  | 'signed'
  | 'withdrawn'
  | 'edited'
  | 'hidden'
  | 'shown'
  | 'accepted'
  | 'decided'
  | 'step'
  | 'overdue'
  | 'card'
  | 'shared'
  | 'expired'
  | 'helped'
  | 'confirmed'
  | 'aside'
export type Entry = { kind: EntryKind; at: string; author: Author; text?: string; value?: number; typed_at?: string }

export type Provenance = {
  source: string
  rule?: string
  event?: string
  quality?: string
  status?: string
  at?: string
  received?: string
  attr?: Record<string, string>
}

export type PostDetail = Post & {
  timeline: Entry[]
  thread: Comment[]
  /** What hangs on a production thread. */
  related: Post[]
  /** What may be answered when it is closed. */
  causes: string[]
  actions: string[]
  /** Whom one may ask to take it, the likeliest first. */
  teams: string[]
  provenance?: Provenance
  mine: Reaction[]
  mine_noise: boolean
  /** Of a notice that is for the reader: whether they have read it; on a station each person does. */
  mine_read?: 'unread' | 'read' | 'each'
  /** The choice that the reader made in the poll. */
  mine_vote?: number
  /** How many of those present at its place opened it. */
  seen_by: number
  present: number
  /** What people find unfit here, for those who moderate. */
  flags: Flag[]
  can: Can
  /** The steps of the circuit that it goes through. */
  way: Stage[]
  /** Posts that it was born of, merged into or took in, and those born of it. */
  links: Link[]
  /** Good practices that may help here, the best first. */
  practices: Practice[]
}

export type Can = {
  write: boolean
  handle: boolean
  shelve: boolean
  oversee: boolean
  animate: boolean
  moderate: boolean
  accept: boolean
  admit: boolean
  readers: boolean
  end: boolean
  /** Make a good practice of it. */
  capitalise: boolean
  /** Change, confirm or retire the good practice that it is. */
  tend: boolean
}

export type PostPage = { posts: Post[]; next?: string; change: number }

export type Draft = { kind: Kind; territory: string; text?: string; sku?: string; asset?: string; photos?: Blob[]; help?: { skill?: string; learners?: boolean; at?: string }; from?: string; for?: Audience; expires?: string; poll?: NewPoll; deadline?: string }

/** A picture that the server keeps; see Client.photoURL. */
export type Photo = { id: string; width: number; height: number }

export type Territory = {
  path: string
  name: string
  kind: string
  parent?: string
  target?: number
  open: number
  rollout: Rollout
}

/** How a place lives. */
export type Pulse = {
  territory: string
  /** What was done there in each of the last 24 hours, the oldest first. */
  beats: number[]
  waiting: number
  open: number
  /** Minutes in which half of the posts were taken. */
  taken_p50?: number
  flat: boolean
  /** It was made less than a day ago, and nothing was done there yet. */
  new?: boolean
}

export type Rollout = 'ghost' | 'pilot' | 'open'

export type Signal = { signal: string; value?: number; text?: string; unit?: string; at: string }
export type Machine = {
  path: string
  name: string
  territory: string
  target?: number
  severity?: Severity
  taken: boolean
  stale: boolean
  signals: Signal[]
}

export type Source = {
  name: string
  kind: string
  state: 'connecting' | 'up' | 'down' | 'stopped'
  detail: string
  since: string
  last_event?: string
  accepted: number
  rejected: number
}

/** RFC 9457: what went wrong, in the reader's language. */
export type Problem = { type?: string; title: string; status: number; detail?: string; errors?: Fault[] | null }

/** One thing that is wrong with what was sent, and where. */
export type Fault = { location?: string; message?: string }
