import type { Named } from './talk'

export type GroupKind = 'team' | 'project' | 'subject' | 'watch' | 'place'
export type Joining = 'open' | 'asked' | 'invited'

/** A group as somebody who may know of it sees it. */
export type Group = {
  id: string
  /** Where what is said in it stands. */
  place: string
  name: string
  purpose: string
  kind: GroupKind
  join: Joining
  /** Only who is in it, or invited, knows of it. */
  hidden: boolean
  home: Named
  /** It is read and takes nothing more. */
  archived?: string
  members: number
  /** What the reader is to it. */
  mine: 'none' | 'member' | 'keeper' | 'asked' | 'invited'
  keepers: string[]
  /** The post that its members see first. */
  pinned?: string
  latest?: string
}

export type Fellow = { member: string; name: string; role: 'member' | 'keeper' }
export type Caller = { member: string; name: string; at: string }
export type GroupDetail = Group & { people: Fellow[]; requests: Caller[]; invited: Caller[] }
export type GroupDraft = { name: string; purpose: string; kind: GroupKind; join: Joining; hidden: boolean; home: string }
export type GroupChange = Partial<Pick<GroupDraft, 'name' | 'purpose' | 'join' | 'hidden'>> & { pinned?: string; archived?: boolean }

/** To whom something is put. */
export type Audience = { places?: string[]; roles?: string[]; skills?: string[]; shifts?: string[]; people?: string[] }
export type NewPoll = { choices: string[]; closes?: string }

/** How far a notice has come. */
export type Readership = {
  read: number
  of: number
  /** Who has not read it. */
  waiting: string[]
}
