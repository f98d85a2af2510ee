import type { Post } from '../api/types'
import { inHand, isCalm } from '../feed/order'
import { words } from '../i18n/lang'
import { nextFor } from '../post/next'
import { Item } from '../post/Item'
import { Key } from '../post/Key'
import { LastWord } from '../post/LastWord'
import { Measure } from '../post/Measure'
import { PastLine } from '../post/PastLine'
import { postPath } from '../shell/route'
import { useSession } from '../shell/session'

/** A post at the line: its value large, its one key beside it. */
export function LineCard({ post }: { post: Post }) {
  const { me } = useSession()
  const measured = post.value !== undefined && !isCalm(post) && (post.state === 'new' || inHand(post))
  const keys = nextFor(post, me) && (
    <>
      <Key post={post} />
      {measured && (
        <a class="key answer" href={postPath(post.id)}>
          {words.value.reply}
        </a>
      )}
    </>
  )
  return (
    <Item post={post} places={[post.asset_name]} beside={keys}>
      {measured && <Measure post={post} />}
      <PastLine post={post} />
      <LastWord post={post} />
    </Item>
  )
}
