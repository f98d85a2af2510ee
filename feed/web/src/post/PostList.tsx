import type { Post } from '../api/types'
import { moodOf, signOf } from '../feed/order'
import { asRead } from '../i18n/ready'
import { postPath } from '../shell/route'
import { Sign } from '../wire/Sign'
import { Meta } from './Meta'

/** Posts as a plain list, away from the wire. */
export function PostList({ posts }: { posts: readonly Post[] }) {
  return (
    <ol class="post-list">
      {posts.map((post) => (
        <li key={post.id} class={moodOf(post)}>
          <Sign mood={signOf(post)} />
          <div>
            <a href={postPath(post.id)}>{asRead(post.title)}</a>
            <Meta post={post} places={[post.asset_name]} />
          </div>
        </li>
      ))}
    </ol>
  )
}
