import type { GroupKind } from './group'
import type { NamedPlace } from './place'

export type Every = 'once' | 'shift' | 'day' | 'week'
export type UsageChecklist = { title: string; every: Every; items: string[] }
/** A pack of rules that it brings: what each says, and whether the house has them all in files of its own. */
export type UsageRules = { pack: string; says: string[]; owned: boolean }
export type UsagePoster = { title: string; lines: string[] }
/** A usage in use at a place: its group and its welcome. */
export type UsageInstalled = { place: NamedPlace; group: string; name: string; post: string; at: string }

/** A ready way to use the feed. */
export type Usage = {
  name: string
  title: string
  about: string
  group: string
  kind: GroupKind
  purpose: string
  welcome: string
  checklists: UsageChecklist[]
  rules: UsageRules[]
  poster: UsagePoster
  installed: UsageInstalled[]
}

export type ChecklistItem = { text: string; by?: string; at?: string }
/** What the people of a group tick off, as it stands now. */
export type Checklist = { name: string; title: string; every: Every; began?: string; items: ChecklistItem[] }

export type LaunchName = 'sources' | 'rules' | 'baseline' | 'animator' | 'people' | 'charter' | 'tablet' | 'team' | 'pilot' | 'open'
/** One step of a place on its way to Fildefer. */
export type LaunchStep = { step: LaunchName; done: boolean; hand: boolean; by?: string; at?: string; n: number; of: number }

/** A charter that one has yet to accept. */
export type OpenCharter = { place: NamedPlace; fr: string; en: string; version: number; until: string; late: boolean }
