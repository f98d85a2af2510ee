import type { ComponentChildren } from 'preact'
import type { Post } from '../api/types'
import { byUrgency } from '../feed/order'
import { useShortened } from '../shell/shortened'
import { useSession } from '../shell/session'
import { Wire } from '../wire/Wire'
import { Others } from './Others'

type Props = {
  title: string
  /** Which posts belong here. */
  of: (post: Post) => boolean
  /** What to say when there are none; without it the section goes. */
  empty?: string
  children: (post: Post) => ComponentChildren
}

/** A stretch of the feed under its heading, with its count; of many the first. */
export function Section({ title, of, empty, children }: Props) {
  const { feed } = useSession()
  const posts = [...feed.posts.value.values()].filter(of).sort(byUrgency)
  const { shown, left, more } = useShortened(posts.length)
  if (posts.length === 0 && !empty) return null
  return (
    <section class="stretch" aria-label={title}>
      <h2>
        <Wire />
        {title} <b>{posts.length}</b>
      </h2>
      {posts.length === 0 && (
        <p class="quiet">
          <Wire />
          {empty}
        </p>
      )}
      {posts.slice(0, shown).map(children)}
      <Others left={left} onMore={more} />
    </section>
  )
}
