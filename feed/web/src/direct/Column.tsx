import type { ComponentChildren } from 'preact'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { Wire, WireEnd } from '../wire/Wire'
import { Row } from './Row'

type Props = {
  title: string
  posts: Post[]
  current: boolean
  /** Posts that follow each other under one heading. */
  groups?: { title: string; posts: Post[] }[]
}

/** One column of the board, on its own wire. */
export function Column({ title, posts, current, groups }: Props) {
  return (
    <section class={`column ${current ? 'current' : ''}`} aria-label={title}>
      <h2>
        <Wire />
        {title} <b>{posts.length}</b>
      </h2>
      {posts.length === 0 && <Beside class="quiet">{words.value.nothingHere}</Beside>}
      {!groups && posts.map((post) => <Row key={post.id} post={post} />)}
      {groups?.map((group) => [
        <Beside key={group.title} class="group">
          {group.title} <b>{group.posts.length}</b>
        </Beside>,
        ...group.posts.map((post) => <Row key={post.id} post={post} />),
      ])}
      <p class="column-end">
        <WireEnd />
      </p>
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
