import { computed } from '@preact/signals'
import type { Client } from '../api/client'
import type { Author, Me } from '../api/types'
import { Drafts } from '../draft/drafts'
import { Feed } from '../feed/feed'
import { words } from '../i18n/lang'
import { effectsOf } from '../outbox/effect'
import type { Outbox } from '../outbox/outbox'
import { go } from '../shell/route'
import type { Message, Session } from '../shell/session'
import type { Asking } from './asking'
import type { Presence, Turn } from './presence'

/** What the screens of one turn work with; who is here may become known while it lasts. */
export function openSession(turn: Turn, presence: Presence, client: Client, outbox: Outbox, asking: Asking, say: (message: Message) => void): Session {
  const drafts = computed(() => new Drafts(turn.me.value))
  const queued = computed(() => effectsOf(outbox.mine.value, authorOf(turn.me.value)))
  const expired = (): void => void presence.expired(turn.number)
  return {
    get me() {
      return turn.me.value
    },
    get drafts() {
      return drafts.value
    },
    client,
    feed: new Feed(client, expired, { last: turn.last, queued }),
    outbox,
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

const authorOf = ({ id, name }: Me): Author => ({ kind: 'person', name, member: id })
