import { words } from '../i18n/lang'
import { formatTime, now } from '../i18n/time'
import { useSession } from './session'

/** While nothing is heard: how old all of this is. */
export function LastNews() {
  const { feed } = useSession()
  const since = feed.silentSince.value
  if (since === undefined) return null
  const w = words.value
  return (
    <p class="last-news" role="status">
      <b>{w.offline}</b> {w.lastNews(formatTime(w, new Date(since).toISOString(), now.value))}
    </p>
  )
}
