import type { Client } from '../api/client'
import type { Me } from '../api/types'
import { words } from '../i18n/lang'
import { formatAgo, now } from '../i18n/time'
import { counted, daysBetween, type Counted } from './afar'

export type Last = { topic: Counted; at: string }

/** When each of what a place counts the days since last happened. */
export async function readLast(client: Client, me: Me): Promise<Last[]> {
  const territory = me.grants.length === 1 ? { territory: me.grants[0]!.territory } : {}
  const pages = await Promise.all(counted.map((topic) => client.posts({ ...territory, topic, limit: 1 })))
  return counted.flatMap((topic, i) => {
    const last = pages[i]!.posts[0]
    return last ? [{ topic, at: last.since }] : []
  })
}

/** "Sécurité · 12 jours". */
export function Since({ last }: { last: Last[] }) {
  const l = words.value.display
  return (
    <dl class="wall-since">
      {last.map(({ topic, at }) => {
        const days = daysBetween(Date.parse(at), now.value)
        return (
          <div key={topic}>
            <dt>{words.value.topic[topic]}</dt>
            <dd>{days > 0 ? l.days(days) : formatAgo(words.value, at, now.value)}</dd>
          </div>
        )
      })}
    </dl>
  )
}
