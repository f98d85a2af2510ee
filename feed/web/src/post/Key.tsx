import { useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { go, postPath } from '../shell/route'
import { useSession } from '../shell/session'
import { useActs } from './acts'
import { DecideDialog } from './DecideDialog'
import { nextFor } from './next'
import { ResolveDialog } from './ResolveDialog'

/** The one key beside a post: what this person is likely to do next. */
export function Key({ post }: { post: Post }) {
  const { me } = useSession()
  const acts = useActs()
  const [resolving, setResolving] = useState(false)
  const w = words.value
  const next = nextFor(post, me)
  if (!next) return null
  const helps = post.kind === 'help-wanted'
  const own = post.taker?.member === me.id
  const keys = {
    take: { label: helps ? w.people.come : w.take, run: () => void acts.take(post) },
    arrive: { label: w.arrive, run: () => void acts.arrive(post) },
    resolve: helps ? { label: w.people.helpDone, run: () => void acts.resolve(post, w.people.helpDoneCause) } : { label: w.resolve, run: () => setResolving(true) },
    wake: { label: w.living.wake, run: () => void acts.wake(post) },
    enable: { label: w.living.enable, run: () => void acts.enable(post) },
    confirm: { label: w.living.confirmEnd, run: () => void acts.confirmEnd(post) },
    answer: { label: w.circuits.answerKey, run: () => go(postPath(post.id)) },
    decide: { label: w.decide, run: () => setResolving(true) },
  }
  const { label, run } = keys[next]
  return (
    <>
      <button type="button" data-guide={next} class={`key ${next === 'take' || next === 'confirm' || own ? 'main' : ''}`} aria-label={w.actOn(label, asRead(post.title))} onClick={run}>
        {label}
      </button>
      {resolving && next === 'decide' && <DecideDialog post={post} onClose={() => setResolving(false)} />}
      {resolving && next !== 'decide' && <ResolveDialog post={post} onClose={() => setResolving(false)} />}
    </>
  )
}
