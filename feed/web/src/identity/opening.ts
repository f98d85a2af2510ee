import { computed } from '@preact/signals'
import type { Client } from '../api/client'
import { Drafts } from '../draft/drafts'
import { Feed } from '../feed/feed'
import { words } from '../i18n/lang'
import { go } from '../shell/route'
import type { Message, Session } from '../shell/session'
import type { Asking } from './asking'
import type { Presence, Turn } from './presence'

/** What the screens of one turn work with; who is here may become known while it lasts. */
export function openSession(turn: Turn, presence: Presence, client: Client, asking: Asking, say: (message: Message) => void): Session {
  const drafts = computed(() => new Drafts(turn.me.value))
  const expired = (): void => void presence.expired(turn.number)
  return {
    get me() {
      return turn.me.value
    },
    get drafts() {
      return drafts.value
    },
    client,
    feed: new Feed(client, expired),
    say,
    expired,
    asPerson: asking.asPerson,
    identify: asking.ask,
    signOut: () => {
      const me = turn.me.peek()
      if (me.station) {
        asking.drop()
        go('/')
      } else if (me.device) void presence.part()
      else client.signOut().then(presence.left, () => say({ text: words.peek().notSent, grave: true }))
    },
  }
}
