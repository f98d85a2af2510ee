import type { ComponentChildren } from 'preact'
import type { Post } from '../api/types'
import { Wire, WireEnd } from '../wire/Wire'
import { Row } from './Row'

type Props = {
  title: string
  posts: Post[]
  /** Chosen on a phone. */
  current: boolean
  /** The post that is open beside the board, if one is. */
  opened?: string
  /** What to say when there are none. */
  empty: string
  /** Posts that follow each other under one heading. */
  groups?: { title: string; posts: Post[] }[]
  children?: ComponentChildren
}

/** One column of the board, on its own wire. */
export function Column({ title, posts, current, opened, empty, groups, children }: Props) {
  const row = (post: Post) => <Row key={post.id} post={post} opened={post.id === opened} />
  return (
    <section class={`column ${current ? 'current' : ''}`} aria-label={title}>
      <h2>
        <Wire />
        {title}
        {'\u00a0'}
        <b>{posts.length}</b>
      </h2>
      {posts.length === 0 && <Beside class="quiet">{empty}</Beside>}
      {(groups ?? [{ title: '', posts }]).map((group) => [
        group.title && (
          <Beside key={group.title} class="group">
            {group.title} <b>{group.posts.length}</b>
          </Beside>
        ),
        ...group.posts.map(row),
      ])}
      <p class="column-end">
        <WireEnd />
      </p>
      {children}
    </section>
  )
}

/** A line of words beside the wire. */
function Beside({ class: name, children }: { class: string; children: ComponentChildren }) {
  return (
    <p class={name}>
      <Wire />
      {children}
    </p>
  )
}
