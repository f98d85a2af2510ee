import type { PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { postPath } from '../shell/route'

/** The posts that it was born of, merged into or took in, and those born of it. */
export function LinkList({ post }: { post: PostDetail }) {
  const w = words.value
  if (post.links.length === 0) return null
  return (
    <ul class="links">
      {post.links.map(({ as, id, kind, title }) => (
        <li key={as + id}>
          <a href={postPath(id)}>
            <b>
              {w.circuits.link[as]} · {w.kind[kind]}
            </b>
            <span>{asRead(title)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
