import { useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { isCalm, isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { AskDialog } from './AskDialog'

/** Whether a team can be asked to take it: what is open, asks for somebody, and is not to be decided. */
export const isAskable = (post: PostDetail | Parameters<typeof isCalm>[0]): boolean => isOpen(post.state) && !isCalm(post) && post.kind !== 'idea' && post.kind !== 'question'

/** Asks a team, for whoever oversees the place. */
export function AskKey({ post }: { post: PostDetail }) {
  const [asking, setAsking] = useState(false)
  if (!post.can.oversee || !isAskable(post)) return null
  return (
    <>
      <button type="button" data-guide="assign" class="key" onClick={() => setAsking(true)}>
        {words.value.steer.ask}
      </button>
      {asking && <AskDialog post={post} onClose={() => setAsking(false)} />}
    </>
  )
}
