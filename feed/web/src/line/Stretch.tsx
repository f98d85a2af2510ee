import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { Others } from '../post/Others'
import { useShortened } from '../shell/shortened'
import { Wire } from '../wire/Wire'

type Props = {
  title: string
  /** Sorted: the first are shown, the others when they are asked for. */
  posts: Post[]
  shown: number
  /** Whether its cards leave out what the post itself says. */
  tight: boolean
  /** What to say when there are none; without it the stretch goes. */
  empty?: string
  children: (post: Post, place: number) => ComponentChildren
}

/** A stretch of the line's feed that fits the screen, and says how much it leaves out. */
export function Stretch({ title, posts, shown, tight, empty, children }: Props) {
  const [all, setAll] = useState(false)
  const first = useShortened(posts.length)
  const [seen, more] = all ? [first.shown, first.more] : [shown, () => setAll(true)]
  if (posts.length === 0 && !empty) return null
  return (
    <section class={`stretch ${tight ? 'tight' : ''}`} aria-label={title}>
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
      {posts.slice(0, seen).map(children)}
      <Others left={posts.length - seen} onMore={more} />
    </section>
  )
}
