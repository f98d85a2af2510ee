import { useEffect, useState } from 'preact/hooks'
import type { Readership } from '../api/group'
import type { PostDetail } from '../api/types'
import { isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import './notice.css'

/** How far a notice has come; who has not read it, for those who may remind them. */
export function NoticeFacts({ post }: { post: PostDetail }) {
  const w = words.value.groups
  if (post.kind !== 'must-read') return null
  return (
    <section class="readers" aria-label={w.readers}>
      {post.mine_read === 'read' && <p class="done-word">{w.youRead}</p>}
      {post.can.readers ? <Readers post={post} /> : <p class="quiet">{w.readBy(post.talk?.readers ?? 0)}</p>}
    </section>
  )
}

function Readers({ post }: { post: PostDetail }) {
  const { client, say } = useSession()
  const { attempt } = useActs()
  const [known, setKnown] = useState<Readership>()
  const w = words.value.groups
  useEffect(() => {
    let left = false
    client.readers(post.id).then(
      (next) => !left && setKnown(next),
      () => undefined,
    )
    return () => (left = true, undefined)
  }, [post.id, post.change])
  if (!known) return <p class="quiet">{words.value.loading}</p>
  const { read, of, waiting } = known
  const remind = (): void =>
    void attempt(async () => {
      await client.remind(post.id)
      say({ text: words.peek().groups.reminded })
    })
  return (
    <>
      <p class="count" data-read={read}>
        <b>{w.readOf(read, of)}</b>
        <meter min={0} max={Math.max(of, 1)} value={read} aria-label={w.readOf(read, of)} />
      </p>
      {of > 0 && waiting.length === 0 && <p class="quiet">{w.everybodyRead}</p>}
      {waiting.length > 0 && (
        <>
          <p>
            {w.waitingFor} : {waiting.join(', ')}
          </p>
          {isOpen(post.state) && (
            <button type="button" class="key" onClick={remind}>
              {w.remind}
            </button>
          )}
        </>
      )}
    </>
  )
}
