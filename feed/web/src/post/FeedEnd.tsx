import { words } from '../i18n/lang'
import { now } from '../i18n/time'
import { useSession } from '../shell/session'
import { WireEnd } from '../wire/Wire'
import { endOf } from '../feed/order'

const shift = 8 * 3_600_000

/** The feed has an end: here the wire breaks off. */
export function FeedEnd() {
  const { feed } = useSession()
  const w = words.value
  const from = new Date(now.value - shift).toISOString()
  const count = [...feed.posts.value.values()].filter((p) => p.back_to_normal && endOf(p) >= from).length
  return (
    <p class="feed-end">
      <WireEnd />
      <b>{w.upToDate}</b>
      {count > 0 && <span>{w.recovered(count)}</span>}
    </p>
  )
}
