import type { Post } from '../api/types'
import { signOf, moodOf } from '../feed/order'
import { words } from '../i18n/lang'
import { LastWord } from '../post/LastWord'
import { Meta } from '../post/Meta'
import { postPath } from '../shell/route'
import { Sign } from '../wire/Sign'
import { StepWire } from './StepWire'
import { hasSteps } from './steps'

/** What people already say of the article: one touch opens it. */
export function Thread({ post }: { post: Post }) {
  return (
    <article class={`thread ${moodOf(post)} sev-${post.severity}`} data-post={post.id}>
      <Sign mood={signOf(post)} />
      <a href={postPath(post.id)}>
        <b>{words.value.shop.already}</b>
        <Meta post={post} places={[]} />
        <LastWord post={post} />
        {hasSteps(post) && <StepWire post={post} />}
      </a>
    </article>
  )
}
