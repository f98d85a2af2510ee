import type { Territory } from './types'

export type NamedPlace = { path: string; name: string }

/** What holds at a place, and which place says so. */
export type Setting = { value: string; from?: NamedPlace }

export type PlaceCharter = { fr: string; en: string; version: number; at: string; from: NamedPlace }
export type PlaceWord = { word: string; fr: string; en: string; from: NamedPlace }
export type PlaceRule = { id: string; title: string; severity: string; match?: string; own: boolean }
export type PlaceLink = NamedPlace & { way: 'before' | 'after'; said: boolean }
export type Candidate = { id: string; name: string }

/** One place with all that it says of itself, and what it has from above. */
export type PlaceDetail = Territory & {
  above: NamedPlace[]
  calendar: Setting
  language: Setting
  animator: Setting
  lead?: string
  /** Nobody looks after it. */
  unled: boolean
  charter?: PlaceCharter
  words: PlaceWord[]
  links: PlaceLink[]
  sideways: boolean
  rules: PlaceRule[]
  following: boolean
  arrange: boolean
  candidates: Candidate[]
}

export type NeighbourPost = { title: string; state: string; severity: string; since: string }
export type Neighbour = PlaceLink & { shown: boolean; open: NeighbourPost[] }

export type TreeChange = NamedPlace & { fields: string[] }
/** One fault of a file; line 0: the file as a whole, column 0: its line. */
export type FileFault = { line: number; column: number; text: string }

/** What a file makes of the tree, or what is wrong with it. */
export type TreePlan = { applied: boolean; new: NamedPlace[]; changed: TreeChange[]; same: number; faults: FileFault[] }

export type FollowKind = 'place' | 'machine' | 'sku' | 'order'
export type Follow = { kind: FollowKind; target: string; name: string }

/** What is changed of a place; what is left out stays. */
export type PlaceEdit = {
  name?: string
  kind?: string
  target?: number
  calendar?: string
  language?: '' | 'fr' | 'en'
  animator?: string
  charter?: { fr: string; en: string }
  words?: Record<string, { fr: string; en: string }>
  before?: string[]
  after?: string[]
  sideways?: boolean
}
