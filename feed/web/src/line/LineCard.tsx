import type { Post } from '../api/types'
import { Item } from '../post/Item'
import { Key } from '../post/Key'
import { LastWord } from '../post/LastWord'
import { Measure } from '../post/Measure'

/** A post at the line: its value large, its one key beside it. */
export function LineCard({ post }: { post: Post }) {
  return (
    <Item post={post} beside={<Key post={post} />}>
      {post.state === 'new' && <Measure post={post} />}
      <LastWord post={post} />
    </Item>
  )
}
