import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { FollowKey } from './FollowKey'

/** What one may follow of a post: its order, its machine. */
export function FollowPost({ post }: { post: Post }) {
  const order = post.run?.order
  if (!order && !post.asset_name) return null
  const p = words.value.places
  return (
    <div class="follows">
      {order && <FollowKey kind="order" target={order} name={p.order(order)} />}
      {post.asset && post.asset_name && post.asset !== post.territory && <FollowKey kind="machine" target={post.asset} name={asRead(post.asset_name)} />}
    </div>
  )
}
