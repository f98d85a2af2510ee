import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { Wire, WireEnd } from '../wire/Wire'
import { Row } from './Row'

type Props = { title: string; note?: string; posts: Post[]; current: boolean }

/** One column of the board, on its own wire. */
export function Column({ title, note, posts, current }: Props) {
  return (
    <section class={`column ${current ? 'current' : ''}`} aria-label={title}>
      <h2>
        <Wire />
        {title} {note && <small>{note}</small>} <b>{posts.length}</b>
      </h2>
      {posts.length === 0 && (
        <p class="quiet">
          <Wire />
          {words.value.nothingHere}
        </p>
      )}
      {posts.map((post) => (
        <Row key={post.id} post={post} />
      ))}
      <p class="column-end">
        <WireEnd />
      </p>
    </section>
  )
}
