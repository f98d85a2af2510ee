import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { now } from '../i18n/time'
import { firstOf, othersOf } from './firsts'

/** Of a post of several: what happened first, and how many came with it. */
export function FirstOut({ post }: { post: Post }) {
  const w = words.value
  const first = firstOf(post, w, now.value)
  if (!first) return null
  const others = othersOf(post)
  return (
    <p class="first-out">
      <b>{asRead(first)}</b> {others > 0 && w.living.others(others)}
    </p>
  )
}
