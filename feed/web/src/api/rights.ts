import type { FileFault } from './place'
import type { Grant, Lang, Role } from './types'

/** An invitation to a role at a place; its code is told once. */
export type Invitation = {
  id: string
  /** Whom it gives a way to sign in; without, it makes a member. */
  member?: string
  name: string
  lang: Lang
  place: string
  place_name: string
  role: Exclude<Role, 'ambassador' | 'member' | 'keeper' | 'station' | 'wall'>
  expires: string
  code?: string
  /** How many digits the PIN has at least. */
  digits: number
}

/** Somebody whom a file adds or changes. */
export type PlannedPerson = {
  id: string
  name: string
  given: Grant[]
  taken: Grant[]
  /** What else changes; return: the person comes back who was revoked. */
  fields: string[]
  /** The file gives them a badge. */
  badge: boolean
}

/** What a file makes of the people, or what is wrong with it. */
export type PeoplePlan = { applied: boolean; new: PlannedPerson[]; changed: PlannedPerson[]; same: number; faults: FileFault[] }

/** One line of the audit log. */
export type AuditLine = {
  n: number
  at: string
  actor?: string
  action: string
  subject?: string
  place?: string
  place_name?: string
  object?: string
  detail?: { [key: string]: unknown }
  hash: string
}

/** What the screens say of the company's account: no title where it is not offered. */
export type CompanyKey = {
  title?: string
  /** Who is signed in has one. */
  linked?: boolean
  /** Why the last try did not let somebody in, or linked nothing. */
  refusal?: string
}

/** One place where the person is signed in. */
export type OwnSession = { device?: string; seen_at?: string; expires: string }

/** Somebody who asked to be forgotten. */
export type Farewell = { id: string; name: string; at: string }
