import type { Post } from '../api/types'
import { moodOf, signOf } from '../feed/order'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { Meta } from '../post/Meta'
import { postPath } from '../shell/route'
import { Sign } from '../wire/Sign'

/** The alerts of a production thread's line, in its time. */
export function Related({ posts }: { posts: Post[] }) {
  const w = words.value
  return (
    <section class="related" aria-label={w.living.related}>
      <h3>
        {w.living.related} {posts.length > 0 && <b>{posts.length}</b>}
      </h3>
      {posts.length === 0 && <p class="quiet">{w.living.noRelated}</p>}
      <ol>
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
    </section>
  )
}
