import { Client } from '../api/client'
import { Feed } from '../feed/feed'
import { lang } from '../i18n/lang'
import type { Session } from '../shell/session'

/** Somebody to look at components as: they work, and reach no server. */
export function kitSession(): Session {
  const client = new Client(() => lang.peek())
  return {
    me: { id: 'sofia', name: 'Sofia Costa', lang: 'fr', station: false, grants: [{ territory: 'lyon', name: 'Usine de Lyon', kind: 'site', role: 'manager' }] },
    client,
    feed: new Feed(client, () => undefined),
    say: () => undefined,
    signOut: () => undefined,
    asPerson: (act) => act(),
    expired: () => undefined,
  }
}
