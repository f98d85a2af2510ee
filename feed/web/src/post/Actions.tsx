import { useRef, useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { isCalm, isOpen, isOutOfService, lacksCause } from '../feed/order'
import { words } from '../i18n/lang'
import { homeOf, useSession } from '../shell/session'
import { useSettle } from '../shell/settle'
import { useActs } from './acts'
import { nextFor } from './next'
import { MoreMenu } from './MoreMenu'
import { ResolveDialog } from './ResolveDialog'
import { ShelfKeys } from './ShelfKeys'

/** What can be done to a post, at the bottom of its page. */
export function Actions({ post }: { post: PostDetail }) {
  const keys = useRef<HTMLElement>(null)
  useSettle(keys, post.state)
  if (!post.can.write && !post.can.handle) return null
  return (
    <footer class="page-keys" ref={keys}>
      <MoreMenu post={post} />
      {post.can.handle && <Handling post={post} />}
    </footer>
  )
}

/** What whoever handles it does next. */
function Handling({ post }: { post: PostDetail }) {
  const { me } = useSession()
  const acts = useActs()
  const w = words.value
  if (isCalm(post)) return null
  return (
    <>
      {!isOpen(post.state) && (
        <button type="button" class="key" onClick={() => void acts.reopen(post)}>
          {w.reopen}
        </button>
      )}
      {lacksCause(post) && <CauseKey post={post} />}
      {/* Who works in the aisle has the keys of the aisle. */}
      {post.sku && homeOf(me) === 'aisle' ? <ShelfKeys post={post} /> : <Steps post={post} />}
    </>
  )
}

/** Says afterwards why something that ended by itself happened. */
function CauseKey({ post }: { post: PostDetail }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <button type="button" class="key main" onClick={() => setAsking(true)}>
        {words.value.giveCause}
      </button>
      {asking && <ResolveDialog post={post} onClose={() => setAsking(false)} />}
    </>
  )
}

/** From taking a post to its cause. */
function Steps({ post }: { post: PostDetail }) {
  const { me } = useSession()
  const acts = useActs()
  const [resolving, setResolving] = useState(false)
  const w = words.value
  const next = nextFor(post, me)
  // Out of service is for others to end; what it was about may still be handled.
  if (!isOpen(post.state) || (!next && !isOutOfService(post))) return null
  if (next === 'confirm') {
    return (
      <button type="button" class="key main" onClick={() => void acts.confirmEnd(post)}>
        {w.living.confirmEnd}
      </button>
    )
  }
  const own = post.taker?.member === me.id
  const main = (act: boolean): string => `key ${act ? 'main' : ''}`
  return (
    <>
      {next !== 'decide' && !own && (
        <button type="button" data-guide="take" class={main(next === 'take')} onClick={() => void acts.take(post)}>
          {post.state === 'new' ? w.take : w.takeOver}
        </button>
      )}
      {next !== 'decide' && post.state !== 'onsite' && (
        <button type="button" class={main(next === 'arrive')} onClick={() => void acts.arrive(post)}>
          {w.arrive}
        </button>
      )}
      <button type="button" data-guide={next === 'decide' ? 'decide' : 'resolve'} class={main(next === 'decide' || (next === 'resolve' && own))} onClick={() => setResolving(true)}>
        {next === 'decide' ? w.decide : w.resolve}
      </button>
      {resolving && <ResolveDialog post={post} onClose={() => setResolving(false)} />}
    </>
  )
}
