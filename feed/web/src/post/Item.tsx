import type { ComponentChildren } from 'preact'
import type { Post } from '../api/types'
import { moodOf, signOf } from '../feed/order'
import { asRead } from '../i18n/ready'
import { postPath } from '../shell/route'
import { Sign } from '../wire/Sign'
import { Wire } from '../wire/Wire'
import { FirstOut } from './FirstOut'
import { Living } from './Living'
import { Meta } from './Meta'
import { useGlow } from './glow'
import { headingOf } from './heading'

type Props = {
  post: Post
  /** Where it is, in words, narrowest first. */
  places: (string | undefined)[]
  children?: ComponentChildren
  /** Keys beside the sheet. */
  beside?: ComponentChildren
}

/** One post in a feed: its place on the wire, its sheet, its keys. */
export function Item({ post, places, children, beside }: Props) {
  const mood = moodOf(post)
  const sheet = useGlow(post)
  return (
    <article class={`item ${mood} sev-${post.severity}`} data-post={post.id}>
      <Wire mood={mood} />
      <Sign mood={signOf(post)} />
      <div class="sheet" data-guide="sheet" ref={sheet}>
        <Meta post={post} places={places} />
        <h3>
          <a href={postPath(post.id)}>{asRead(headingOf(post))}</a>
        </h3>
        {post.question && <p class="question">{asRead(post.question)}</p>}
        <Living post={post} />
        <FirstOut post={post} />
        {children}
      </div>
      {beside && <div class="keys">{beside}</div>}
    </article>
  )
}
