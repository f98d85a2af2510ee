import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Client } from '../api/client'
import type { Me, Role } from '../api/types'
import type { Feed } from '../feed/feed'
import type { Outbox } from '../outbox/outbox'

/** Something the screen tells for a few seconds, with what can be done. */
export type Message = { text: string; grave?: boolean; action?: { label: string; run: () => void } }

/** What every screen of a signed-in person works with. */
export type Session = {
  me: Me
  client: Client
  feed: Feed
  /** What is written and has not arrived yet. */
  outbox: Outbox
  say: (message: Message) => void
  signOut: () => void
  /** Does what only a person may: on a station where nobody is signed in, asks who first. */
  asPerson: (act: () => void) => void
  /** The server no longer knows this session. */
  expired: () => void
}

export const SessionContext = createContext<Session | undefined>(undefined)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside of a session')
  return session
}

export type Home = 'line' | 'aisle' | 'direct' | 'wall'

const shops = ['store', 'aisle']

/** The screen a person works on, by the widest of their roles. */
export function homeOf(me: Me): Home | undefined {
  if (me.device?.kind === 'wall') return 'wall'
  if (me.station) return shops.includes(me.grants[0]?.kind ?? '') ? 'aisle' : 'line'
  const has = (...roles: Role[]): boolean => me.grants.some((g) => roles.includes(g.role))
  if (has('manager', 'admin', 'lead', 'animator')) return 'direct'
  if (has('operator')) return 'line'
  return has('staff') ? 'aisle' : undefined
}

/** Whether a person keeps rules, and how far places are, somewhere. */
export const keepsRules = (me: Me): boolean => me.grants.some((g) => keepers.includes(g.role))

const keepers: Role[] = ['animator', 'manager', 'admin']
