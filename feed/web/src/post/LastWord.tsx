import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAgo, now } from '../i18n/time'

/** The last thing that was said, and how much was. */
export function LastWord({ post }: { post: Post }) {
  const last = post.last_comment
  if (!last) return null
  const w = words.value
  return (
    <p class="last-word">
      <b>{last.author.name}</b> {w.quote(asRead(last.text))}
      <span>
        {post.comments > 1 && `${w.comments(post.comments)} · `}
        {formatAgo(w, last.at, now.value)}
      </span>
    </p>
  )
}
