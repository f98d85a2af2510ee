import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { pastOf } from './past'

/** "La dernière fois : courroie retendue, 12 min (Karim, 3 nov.)". */
export function PastLine({ post }: { post: Post }) {
  const past = post.past
  if (!past) return null
  return (
    <p class="past-line">
      <b>{words.value.living.lastTime}</b> {pastOf(past, words.value)}
    </p>
  )
}
