import { runs, within } from '../feed/order'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { headingOf } from '../post/heading'
import { postPath } from '../shell/route'
import { useSession } from '../shell/session'
import { RunBar } from './RunBar'

/** What the line makes now, and how far it is. */
export function RunStrip({ territory }: { territory: string }) {
  const { feed } = useSession()
  const posts = [...feed.posts.value.values()].filter((p) => runs(p) && within(p.territory, territory))
  if (posts.length === 0) return null
  return (
    <section class="run-strip" aria-label={words.value.living.production}>
      {posts.map((post) => (
        <article key={post.id} data-post={post.id}>
          <h2>
            <a href={postPath(post.id)}>{asRead(headingOf(post))}</a>
          </h2>
          <RunBar run={post.run!} open />
        </article>
      ))}
    </section>
  )
}
