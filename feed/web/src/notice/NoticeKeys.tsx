import { useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { ConfirmDialog } from '../devices/ConfirmDialog'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import { useReading } from './useReading'

/** What is done with an announcement or a notice: read it, or end it. */
export function NoticeKeys({ post }: { post: PostDetail }) {
  const { client, feed, say } = useSession()
  const { attempt } = useActs()
  const read = useReading()
  const [ending, setEnding] = useState(false)
  const w = words.value.groups
  const end = (): void => {
    setEnding(false)
    void attempt(async () => {
      feed.confirm(await client.endNotice(post.id))
      say({ text: words.peek().groups.ended })
    })
  }
  return (
    <>
      {post.can.end && (
        <button type="button" class="key" onClick={() => setEnding(true)}>
          {w.end}
        </button>
      )}
      {(post.mine_read === 'unread' || post.mine_read === 'each') && (
        <button type="button" class="key main" onClick={() => void read(post)}>
          {w.understood}
        </button>
      )}
      {ending && <ConfirmDialog title={w.endTitle} text={w.endSays} act={w.end} onDone={end} onClose={() => setEnding(false)} />}
    </>
  )
}
