import type { Fitting } from '../api/practice'
import type { Post } from '../api/types'
import { hasSteps } from '../article/steps'
import { StepWire } from '../article/StepWire'
import { isOpen } from '../feed/order'
import { Item } from '../post/Item'
import { Key } from '../post/Key'
import { LastWord } from '../post/LastWord'
import { PastLine } from '../post/PastLine'
import { SeenBefore } from '../post/SeenBefore'
import { ShelfKeys } from '../post/ShelfKeys'
import { ShelfFacts } from './ShelfFacts'

/** A post in the aisle: what the ERP counts, and what one did about it. */
export function AisleCard({ post, own, card }: { post: Post; own: string; card?: Fitting | undefined }) {
  return (
    <Item post={post} places={post.territory === own ? [] : [post.territory_name]}>
      <ShelfFacts post={post} />
      {card ? <SeenBefore card={card} /> : <PastLine post={post} />}
      <LastWord post={post} />
      {hasSteps(post) && <StepWire post={post} />}
      {isOpen(post.state) && <div class="keys">{post.sku ? <ShelfKeys post={post} /> : <Key post={post} />}</div>}
    </Item>
  )
}
