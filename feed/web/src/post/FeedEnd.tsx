import { words } from '../i18n/lang'
import { now, timeAndDay } from '../i18n/time'
import { useSession } from '../shell/session'
import { WireEnd } from '../wire/Wire'
import { endOf, inHand, isCalm, toTake } from '../feed/order'

const shift = 8 * 3_600_000

/**
 * The feed has an end: here the wire breaks off. Who has nothing left to do is
 * up to date, unless nothing is heard any more.
 */
export function FeedEnd() {
  const { feed } = useSession()
  const w = words.value
  const from = new Date(now.value - shift).toISOString()
  const posts = [...feed.posts.value.values()]
  const silent = feed.silentSince.value
  const said = posts.some((p) => toTake(p) || inHand(p)) ? w.feedEnd : w.upToDate
  const count = posts.filter((p) => p.back_to_normal && !isCalm(p) && endOf(p) >= from).length
  return (
    <p class="feed-end">
      <WireEnd />
      <b>{silent === undefined ? said : w.lastNews(w.at(...timeAndDay(w, new Date(silent).toISOString(), now.value)))}</b>
      {count > 0 && <span>· {w.recovered(count)}</span>}
    </p>
  )
}
