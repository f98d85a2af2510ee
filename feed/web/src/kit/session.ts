import { Client } from '../api/client'
import { Unreachable } from '../api/request'
import type { Me } from '../api/types'
import { Drafts } from '../draft/drafts'
import { Feed } from '../feed/feed'
import { lang } from '../i18n/lang'
import { Outbox } from '../outbox/outbox'
import { MemoryShelf } from '../outbox/shelf'
import type { Session } from '../shell/session'

const sofia: Me = {
  id: 'sofia',
  name: 'Sofia Costa',
  lang: 'fr',
  station: false,
  grants: [{ territory: 'lyon', name: 'Usine de Lyon', kind: 'site', role: 'manager' }],
}
const away = (): Promise<never> => Promise.reject(new Unreachable('the kit has no server'))

/** Somebody to look at components as: they work, and reach no server. */
export function kitSession(): Session {
  const outbox = new Outbox(new MemoryShelf(), { present: async () => sofia.id, send: away, deliver: away })
  const client = new Client(() => lang.peek(), outbox, { keep: () => undefined, recall: async () => undefined })
  return {
    me: sofia,
    client,
    outbox,
    drafts: new Drafts(sofia),
    feed: new Feed(client, () => undefined),
    say: () => undefined,
    signOut: () => undefined,
    asPerson: (act) => act(),
    identify: () => undefined,
    expired: () => undefined,
  }
}
