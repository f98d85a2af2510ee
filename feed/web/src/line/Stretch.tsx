import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
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
  if (posts.length === 0 && !empty) return null
  const left = all ? 0 : posts.length - shown
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
      {posts.slice(0, posts.length - left).map(children)}
      {left > 0 && (
        <div class="others">
          <Wire />
          <button type="button" class="plain" onClick={() => setAll(true)}>
            {words.value.lines.others(left)}
          </button>
        </div>
      )}
    </section>
  )
}
