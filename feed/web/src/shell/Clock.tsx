import { words } from '../i18n/lang'
import { formatTime, now } from '../i18n/time'

/** The hour, large enough to be read from the line. */
export function Clock() {
  const at = now.value
  return <time class="clock">{formatTime(words.value, new Date(at).toISOString(), at)}</time>
}
