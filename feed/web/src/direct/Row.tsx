import type { Post } from '../api/types'
import { isOpen, lingers, moodOf, signOf } from '../feed/order'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { FirstOut } from '../post/FirstOut'
import { useGlow } from '../post/glow'
import { headingOf } from '../post/heading'
import { Living } from '../post/Living'
import { Meta } from '../post/Meta'
import { PastLine } from '../post/PastLine'
import { RunBar } from '../run/RunBar'
import { postPath } from '../shell/route'
import { Curve } from '../wire/Curve'
import { Sign } from '../wire/Sign'
import { Wire } from '../wire/Wire'

/** One post on the board. It is drawn again when its post is another one, and not when the others are. */
export function Row({ post, opened }: { post: Post; opened: boolean }) {
  const w = words.value
  const mood = moodOf(post)
  const sheet = useGlow(post)
  return (
    <article class={`item row ${mood} sev-${post.severity} ${opened ? 'opened' : ''}`} data-post={post.id}>
      <Wire mood={mood} sign={24} />
      <Sign mood={signOf(post)} />
      <div class="sheet" data-guide="sheet" ref={sheet}>
        <h3>
          <a href={postPath(post.id)} data-row aria-current={opened || undefined}>
            {asRead(headingOf(post))}
          </a>
        </h3>
        <Meta post={post} places={[post.asset_name, post.territory_name]} />
        <Living post={post} />
        <FirstOut post={post} />
        {post.run && <RunBar run={post.run} open={isOpen(post.state)} />}
        {(isOpen(post.state) || lingers(post)) && post.active && <Curve post={post} />}
        {isOpen(post.state) && <PastLine post={post} />}
        <p class="aside">
          {post.comments > 0 && <span>{w.comments(post.comments)}</span>}
          {post.reactions.recommend > 0 && (
            <span>
              {w.reaction.recommend} {post.reactions.recommend}
            </span>
          )}
        </p>
      </div>
    </article>
  )
}
