import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { now } from '../i18n/time'
import { useSession } from '../shell/session'
import { livingOf } from './besides'

/** What else is true of a post: it comes and goes, somebody was asked, it is silenced. */
export function Living({ post }: { post: Post }) {
  const { me } = useSession()
  const says = livingOf(post, words.value, now.value, me)
  if (says.length === 0) return null
  return (
    <ul class="living">
      {says.map(([kind, text]) => (
        <li key={kind} class={kind}>
          {text}
        </li>
      ))}
    </ul>
  )
}
