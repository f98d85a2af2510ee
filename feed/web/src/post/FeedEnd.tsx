import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { now, timeAndDay } from '../i18n/time'
import { useSession } from '../shell/session'
import { WireEnd } from '../wire/Wire'
import { byEnd, endOf, inHand, isCalm, toTake } from '../feed/order'
import { PostList } from './PostList'

const shift = 8 * 3_600_000

/**
 * The feed has an end: here the wire breaks off. Who has nothing left to do is
 * up to date, unless nothing is heard any more. What ended by itself is counted,
 * and a touch lists it.
 */
export function FeedEnd() {
  const { feed } = useSession()
  const [listed, list] = useState(false)
  const w = words.value
  const from = new Date(now.value - shift).toISOString()
  const posts = [...feed.posts.value.values()]
  const silent = feed.silentSince.value
  const said = posts.some((p) => toTake(p) || inHand(p)) ? w.feedEnd : w.upToDate
  const ended = posts.filter((p) => p.back_to_normal && !isCalm(p) && endOf(p) >= from).sort(byEnd)
  return (
    <div class="feed-end">
      <WireEnd />
      <b>{silent === undefined ? said : w.lastNews(w.at(...timeAndDay(w, new Date(silent).toISOString(), now.value)))}</b>
      {ended.length > 0 && (
        <button type="button" class="plain" aria-expanded={listed} onClick={() => list(!listed)}>
          {w.recovered(ended.length)}
        </button>
      )}
      {listed && <PostList posts={ended} />}
    </div>
  )
}
