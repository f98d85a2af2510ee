import { words } from '../i18n/lang'
import { now, timeAndDay } from '../i18n/time'
import { useSession } from './session'

/** While nothing is heard: how old all of this is. */
export function LastNews() {
  const { feed } = useSession()
  const since = feed.silentSince.value
  if (since === undefined) return null
  const w = words.value
  return (
    <p class="last-news" role="status">
      <b>{w.offline}</b> {w.lastNews(w.at(...timeAndDay(w, new Date(since).toISOString(), now.value)))}
    </p>
  )
}
