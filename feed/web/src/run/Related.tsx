import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { PostList } from '../post/PostList'

/** The alerts of a production thread's line, in its time. */
export function Related({ posts }: { posts: Post[] }) {
  const l = words.value.living
  return (
    <section class="related" aria-label={l.related}>
      <h3>
        {l.related} {posts.length > 0 && <b>{posts.length}</b>}
      </h3>
      {posts.length === 0 && <p class="quiet">{l.noRelated}</p>}
      <PostList posts={posts} />
    </section>
  )
}
