import type { ComponentChildren } from 'preact'
import type { Post } from '../api/types'
import { Others } from '../post/Others'
import { useShortened } from '../shell/shortened'
import { Wire, WireEnd } from '../wire/Wire'
import { Row } from './Row'

type Group = { title: string; posts: Post[] }

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
  groups?: Group[]
  children?: ComponentChildren
}

/** One column of the board, on its own wire: its first posts, and as far as the one that is open. */
export function Column({ title, posts, current, opened, empty, groups, children }: Props) {
  const parts = groups ?? [{ title: '', posts }]
  const all = parts.flatMap((part) => part.posts)
  const { shown, left, more } = useShortened(all.length, all.findIndex((post) => post.id === opened) + 1)
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
      {firstOf(parts, shown).map((group) => [
        group.title && (
          <Beside key={group.title} class="group">
            {group.title} <b>{group.posts.length}</b>
          </Beside>
        ),
        ...group.posts.slice(0, group.seen).map(row),
      ])}
      <Others left={left} onMore={more} />
      <p class="column-end">
        <WireEnd />
      </p>
      {children}
    </section>
  )
}

/** The groups that hold the first so many posts, each with how many of its own are among them. */
function firstOf(groups: Group[], shown: number): (Group & { seen: number })[] {
  let room = shown
  return groups.flatMap((group) => {
    const seen = Math.min(group.posts.length, room)
    room -= seen
    return seen > 0 ? [{ ...group, seen }] : []
  })
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
