import type { Fitting } from '../api/practice'
import type { Post } from '../api/types'
import { inHand, isCalm } from '../feed/order'
import { words } from '../i18n/lang'
import { Curve } from '../wire/Curve'
import { Item } from '../post/Item'
import { Key } from '../post/Key'
import { LastWord } from '../post/LastWord'
import { Measure } from '../post/Measure'
import { nextFor } from '../post/next'
import { PastLine } from '../post/PastLine'
import { SeenBefore } from '../post/SeenBefore'
import { postPath } from '../shell/route'
import { useSession } from '../shell/session'

type Props = {
  post: Post
  roomy?: boolean
  /** What helped before with the same thing. */
  card?: Fitting | undefined
}

/** A post at the line: its one key beside it, and its value large where there is room. */
export function LineCard({ post, roomy = false, card }: Props) {
  const { me } = useSession()
  const measured = post.value !== undefined && !isCalm(post) && (post.state === 'new' || inHand(post))
  const keys = nextFor(post, me) && (
    <>
      <Key post={post} />
      {measured && roomy && (
        <a class="key answer" href={postPath(post.id)}>
          {words.value.reply}
        </a>
      )}
    </>
  )
  return (
    <Item post={post} places={[post.asset_name]} beside={keys}>
      {measured && roomy && <Measure post={post} />}
      {measured && !roomy && (
        <div class="mini">
          <Curve post={post} />
        </div>
      )}
      {card ? <SeenBefore card={card} /> : roomy && <PastLine post={post} />}
      {roomy && <LastWord post={post} />}
    </Item>
  )
}
