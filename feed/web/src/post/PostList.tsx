import type { ComponentChildren } from 'preact'
import type { Post } from '../api/types'
import { moodOf, signOf } from '../feed/order'
import { asRead } from '../i18n/ready'
import { postPath } from '../shell/route'
import { Sign } from '../wire/Sign'
import { Meta } from './Meta'

/** Posts as a plain list, away from the wire; beside each what a page has to say of it. */
export function PostList({ posts, beside }: { posts: readonly Post[]; beside?: (nth: number) => ComponentChildren }) {
  return (
    <ol class="post-list">
      {posts.map((post, nth) => (
        <li key={post.id} class={moodOf(post)}>
          <Sign mood={signOf(post)} />
          <div>
            <a href={postPath(post.id)}>{asRead(post.title)}</a>
            <Meta post={post} places={[post.asset_name]} />
          </div>
          {beside?.(nth)}
        </li>
      ))}
    </ol>
  )
}
