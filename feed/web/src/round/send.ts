import { useState } from 'preact/hooks'
import type { Client } from '../api/client'
import { Refusal } from '../api/request'
import type { Draft, Me } from '../api/types'
import { placeOf } from '../article/place'
import { words } from '../i18n/lang'
import { Queued } from '../outbox/queued'
import { explain } from '../shell/explain'
import { go } from '../shell/route'
import { useSession } from '../shell/session'
import { without, type Line } from './round'

/** What became of a round that was sent. */
type Outcome = { sent: number; queued: number; left: Line[]; error?: unknown }

/** Sends a round line by line; a line that has arrived or waits leaves it, so that nothing goes twice. */
export function useSendRound(lines: readonly Line[], keep: (lines: Line[]) => void) {
  const { me, client, feed, say, asPerson, expired } = useSession()
  const [done, setDone] = useState<number>()
  const deliver = async (): Promise<void> => {
    setDone(0)
    const outcome = await sendAll(lines, me, client, (post) => feed.confirm(post), (left) => {
      keep(left)
      setDone(lines.length - left.length)
    })
    setDone(undefined)
    if (outcome.error instanceof Refusal && outcome.error.status === 401) expired()
    say(told(outcome))
    if (outcome.left.length === 0) go('/')
  }
  return { done, send: () => asPerson(() => void deliver()) }
}

async function sendAll(
  lines: readonly Line[],
  me: Me,
  client: Client,
  confirm: (post: Awaited<ReturnType<Client['report']>>['post']) => void,
  left: (lines: Line[]) => void,
): Promise<Outcome> {
  const outcome: Outcome = { sent: 0, queued: 0, left: [...lines] }
  for (const line of [...lines].reverse()) {
    try {
      confirm((await client.report(draftOf(line, me), line.key)).post)
      outcome.sent++
    } catch (err) {
      if (!(err instanceof Queued)) {
        outcome.error = err
        if (err instanceof Refusal && err.status !== 401 && err.status !== 429) continue
        break // the network is away, or the person is: the rest would fare no better
      }
      outcome.queued++
    }
    outcome.left = without(outcome.left, line.sku)
    left(outcome.left)
  }
  return outcome
}

function draftOf(line: Line, me: Me): Draft {
  const text = line.count > 1 ? words.peek().shop.roundSeen(line.count) : undefined
  return { kind: 'stock-out', territory: placeOf(undefined, me), sku: line.sku, ...(text && { text }) }
}

function told({ sent, queued, left, error }: Outcome): { text: string; grave?: boolean } {
  const w = words.peek()
  if (left.length > 0) return { text: `${w.shop.roundKept(left.length)} ${error instanceof Refusal ? explain(w, error) : ''}`.trim(), grave: true }
  return { text: [sent > 0 && w.shop.roundSent(sent), queued > 0 && w.shop.roundQueued(queued)].filter(Boolean).join(' ') }
}
