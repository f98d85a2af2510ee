import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Client } from '../api/client'
import type { Device, Grant, Me, Role } from '../api/types'
import type { Drafts } from '../draft/drafts'
import type { Feed } from '../feed/feed'
import type { Outbox } from '../outbox/outbox'

/** Something the screen tells for a few seconds, with what can be done. */
export type Message = { text: string; grave?: boolean; action?: { label: string; run: () => void } }

/** What every screen of a signed-in person works with. */
export type Session = {
  /** Who is here now: on a station, somebody may come and go on. */
  readonly me: Me
  client: Client
  feed: Feed
  /** What is written and has not arrived yet. */
  outbox: Outbox
  say: (message: Message) => void
  signOut: () => void
  /** Does what only a person may: on a station where nobody is signed in, asks who first. */
  asPerson: (act: () => void, instead?: () => void) => void
  /** Asks who is here. */
  identify: () => void
  /** What whoever is here typed and has not sent. */
  readonly drafts: Drafts
  /** The server no longer knows this session. */
  expired: () => void
}

export const SessionContext = createContext<Session | undefined>(undefined)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside of a session')
  return session
}

export type Home = 'line' | 'aisle' | 'direct' | 'wall' | 'office'

const shops = ['store', 'aisle']

/** The screen a person works on, by the widest of their roles. */
export function homeOf(me: Me): Home | undefined {
  if (me.device) return atDevice(me.device)
  const has = (...roles: Role[]): boolean => me.grants.some((g) => roles.includes(g.role))
  if (has('manager', 'lead', 'animator')) return 'direct'
  if (has('operator')) return 'line'
  if (has('staff')) return 'aisle'
  return has('admin', 'auditor') ? 'office' : undefined
}

/** Whether a person reads what is said somewhere; an administrator or auditor by that alone does not. */
export const reads = (me: Me): boolean => me.grants.some((g) => g.role !== 'admin' && g.role !== 'auditor')

// A shared tablet shows its place, whoever stands before it.
const atDevice = ({ kind, place_kind }: Device): Home => (kind === 'wall' ? 'wall' : shops.includes(place_kind) ? 'aisle' : 'line')

/** Where a person works: the place of the shared device, else that of their role. */
export function workplaceOf(me: Me, role: Role | undefined): Omit<Grant, 'role'> {
  if (me.device) return { territory: me.device.place, name: me.device.place_name, kind: me.device.place_kind }
  return me.grants.find((g) => g.role === role) ?? me.grants[0]!
}

/** Whether a person looks after devices and badges somewhere. */
export const administers = (me: Me): boolean => me.grants.some((g) => g.role === 'admin')

/** Whether a person keeps rules, and how far places are, somewhere. */
export const keepsRules = (me: Me): boolean => me.grants.some((g) => keepers.includes(g.role))

const keepers: Role[] = ['animator', 'manager', 'admin']
