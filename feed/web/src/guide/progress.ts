import { useSignal, useSignalEffect } from '@preact/signals'
import { route } from '../shell/route'
import { useSession, type Home } from '../shell/session'
import { taskOf, type Seen, type Step } from './tasks'

export type Progress = { at: number; of: number; seen: Seen; step?: Step }

/** How far a first task is, by what the feed and the route say happened. */
export function useProgress(home: Home): Progress {
  const { feed, me } = useSession()
  const steps = taskOf(home)
  const at = useSignal(0)
  const before = useSignal(feed.posts.peek())
  const subject = useSignal('')
  const look = (): Seen => ({ posts: feed.posts.value, before: before.value, at: route.value, me: me.id, subject: subject.value })
  useSignalEffect(() => {
    const done = steps[at.value]?.done(look())
    if (done === undefined) return
    subject.value = done
    before.value = feed.posts.peek()
    at.value++
  })
  const step = steps[at.value]
  return { at: at.value, of: steps.length, seen: look(), ...(step && { step }) }
}
