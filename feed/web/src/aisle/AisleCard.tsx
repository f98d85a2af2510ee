import type { Post } from '../api/types'
import { Item } from '../post/Item'
import { LastWord } from '../post/LastWord'
import { ShelfFacts } from './ShelfFacts'
import { ShelfKeys } from './ShelfKeys'

/** A post in the aisle: what the ERP counts, and what one did about it. */
export function AisleCard({ post, own }: { post: Post; own: string }) {
  return (
    <Item post={post} places={post.territory === own ? [] : [post.territory_name]}>
      <ShelfFacts post={post} />
      <LastWord post={post} />
      <ShelfKeys post={post} />
    </Item>
  )
}
