import { effect, untracked } from '@preact/signals'
import type { Presence } from '../identity/presence'
import type { Outbox } from '../outbox/outbox'
import { kept, keepReader, lastReader } from './kept'
import { lastFeed } from './snapshot'

/** Tells the outbox who writes, and the memory who reads, whenever that changes. */
export const followReader = (presence: Presence, outbox: Outbox): (() => void) =>
  effect(() => {
    const who = presence.who.value
    const me = typeof who === 'string' ? undefined : who.me.value
    untracked(() => {
      void outbox.as(me)
      if (me) void keepReader(me)
    })
  })

/** Shows at once what was last read here, to whom it was read. */
export async function recallReader(presence: Presence): Promise<void> {
  const me = await lastReader()
  if (me) presence.remember(me, await lastFeed(kept))
}
