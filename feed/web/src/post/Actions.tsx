import { useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { nextFor, useActs } from './acts'
import { ResolveDialog } from './ResolveDialog'

/** What can be done to a post, at the bottom of its page. */
export function Actions({ post }: { post: PostDetail }) {
  const { me } = useSession()
  const acts = useActs()
  const [resolving, setResolving] = useState(false)
  const w = words.value
  if (!post.can.handle) return null
  const next = nextFor(post, me)
  const own = post.taker?.member === me.id
  const main = (act: boolean): string => `key ${act ? 'main' : ''}`
  return (
    <footer class="page-keys">
      {!isOpen(post.state) && (
        <button type="button" class="key" onClick={() => void acts.reopen(post)}>
          {w.reopen}
        </button>
      )}
      {next && next !== 'decide' && !own && (
        <button type="button" class={main(next === 'take')} onClick={() => void acts.take(post)}>
          {post.state === 'new' ? w.take : w.takeOver}
        </button>
      )}
      {next && next !== 'decide' && post.state !== 'onsite' && (
        <button type="button" class={main(next === 'arrive')} onClick={() => void acts.arrive(post)}>
          {w.arrive}
        </button>
      )}
      {next && (
        <button type="button" class={main(next === 'decide' || (next === 'resolve' && own))} onClick={() => setResolving(true)}>
          {next === 'decide' ? w.decide : w.resolve}
        </button>
      )}
      {resolving && <ResolveDialog post={post} onClose={() => setResolving(false)} />}
    </footer>
  )
}
