import type { Post } from '../api/types'
import { moodOf, signOf } from '../feed/order'
import { words } from '../i18n/lang'
import { decimalsOf, formatNumber, unitLabel } from '../i18n/number'
import { asRead } from '../i18n/ready'
import { headingOf } from '../post/heading'
import { Meta } from '../post/Meta'
import { Curve } from '../wire/Curve'
import { figureOf, wirePath } from '../wire/path'
import { Sign } from '../wire/Sign'

const longest = 40 // letters that two lines hold at full size

/** One post, to be read from 4 m: its sign, its sentence, its value; its curve where there is room. */
export function WallPost({ post, roomy }: { post: Post; roomy: boolean }) {
  const w = words.value
  const mood = moodOf(post)
  const heading = asRead(headingOf(post))
  const figure = post.value !== undefined && post.topic !== 'stock' ? post.value : undefined
  return (
    <li class={`afar ${mood} sev-${post.severity}`} data-post={post.id}>
      <svg class="wall-wire" viewBox="0 0 44 9000" preserveAspectRatio="xMidYMin slice" aria-hidden="true">
        <path d={wirePath(figureOf(mood), 62)} />
      </svg>
      <Sign mood={signOf(post)} />
      <article class={figure === undefined ? '' : 'figured'}>
        <Meta post={post} places={[post.asset_name ?? post.territory_name]} />
        <h2 class={heading.length > longest ? 'long' : ''}>{heading}</h2>
        {figure !== undefined && (
          <p class={`value ${post.stale ? 'stale' : ''}`}>
            {formatNumber(w.locale, figure, decimalsOf(post))}
            <small>{unitLabel(post.unit)}</small>
          </p>
        )}
        {roomy && post.active && <Curve post={post} />}
      </article>
    </li>
  )
}
