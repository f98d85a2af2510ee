import type { Signal } from '@preact/signals'
import { useSession } from '../shell/session'
import { AskDialog } from '../post/AskDialog'
import { DecideDialog } from '../post/DecideDialog'

/** What the keyboard asked to do, and to which post. */
export type Wish = { id: string; what: 'ask' | 'decide' }

/** The dialog that a letter opened. */
export function Asking({ wish }: { wish: Signal<Wish | undefined> }) {
  const { feed } = useSession()
  const post = wish.value && feed.posts.peek().get(wish.value.id)
  if (!wish.value || !post) return null
  const done = (): void => void (wish.value = undefined)
  return wish.value.what === 'ask' ? <AskDialog post={post} onClose={done} /> : <DecideDialog post={post} onClose={done} />
}
