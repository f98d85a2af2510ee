import { useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { isCalm, isInHand, isOpen, isOutOfService, isSilenced } from '../feed/order'
import { words } from '../i18n/lang'
import { now } from '../i18n/time'
import { helpsAlong } from '../life/helpsAlong'
import { go, pagePath } from '../shell/route'
import { usePopover } from '../shell/popover'
import { useSession } from '../shell/session'
import { isDecided } from '../course/course'
import { propose } from '../report/seed'
import { useActs } from './acts'
import { DecideDialog } from './DecideDialog'
import { DisableDialog } from './DisableDialog'
import { mayDecide } from './next'
import { ShelveDialog } from './ShelveDialog'

/** How a post is silenced: for a while, or until somebody puts it back. */
type Silencing = 'shelve' | 'disable' | 'merge'
type Choice = { label: string; pressed?: boolean; run: () => void }

/** What is done to a post less often: silence it, call it noise, give it back. */
export function MoreMenu({ post }: { post: PostDetail }) {
  const { root, open, toggle, onKeyDown } = usePopover()
  const [asking, ask] = useState<Silencing>()
  const choices = useChoices(post, ask)
  const done = (): void => ask(undefined)
  if (choices.length === 0) return null
  return (
    <div class="more" ref={root} onKeyDown={onKeyDown}>
      <button type="button" class="key" aria-expanded={open} onClick={toggle}>
        {words.value.living.more}
      </button>
      {open && (
        <div class="menu" role="group" aria-label={words.value.living.more}>
          {choices.map(({ label, pressed, run }) => (
            <button
              type="button"
              class="key"
              key={label}
              aria-pressed={pressed}
              onClick={() => {
                toggle()
                run()
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {asking === 'shelve' && <ShelveDialog post={post} onClose={done} />}
      {asking === 'merge' && <DecideDialog post={post} verdict="merge" onClose={done} />}
      {asking === 'disable' && <DisableDialog post={post} onClose={done} />}
    </div>
  )
}

/** Only what a rule opened can be silenced, or be noise. */
function useChoices(post: PostDetail, ask: (how: Silencing) => void): Choice[] {
  const { me } = useSession()
  const acts = useActs()
  const l = words.value.living
  const ruled = Boolean(post.provenance?.rule) || (post.members?.length ?? 0) > 0
  const noisy = post.noise ? ` (${post.noise})` : ''
  const out: Choice[] = ruled && !isCalm(post) ? silencing(post, acts, ask) : []
  if (post.can.write && ruled && post.kind !== 'production' && post.kind !== 'handover') {
    const label = (post.mine_noise ? l.uncallNoise : l.callNoise) + noisy
    out.push({ label, pressed: post.mine_noise, run: () => void acts.noise(post, !post.mine_noise) })
  }
  if (post.can.handle && isOpen(post.state) && !isCalm(post) && post.kind !== 'idea' && post.kind !== 'help-wanted') {
    out.push({ label: words.value.people.askHelp, run: () => go(pagePath('report', post.id)) })
  }
  if (isDecided(post) && isOpen(post.state) && mayDecide(post, me)) out.push({ label: words.value.steer.verdict.merge, run: () => ask('merge') })
  if (post.can.write && !isDecided(post) && !isCalm(post)) {
    out.push({ label: words.value.circuits.ideaFrom, run: () => propose('idea', post) })
    out.push({ label: words.value.circuits.questionFrom, run: () => propose('question', post) })
  }
  if (helpsAlong(me, post.territory) && !isCalm(post)) out.push(...helping(post, acts))
  if (post.can.handle && isInHand(post.state) && post.taker?.member === me.id) {
    out.push({ label: l.giveBack, run: () => void acts.giveBack(post) })
  }
  return out
}

/** What who helps a place along does to its posts: remind of them, have them stand first. */
function helping(post: PostDetail, acts: ReturnType<typeof useActs>): Choice[] {
  const h = words.value.life.help
  const pinned = Boolean(post.talk?.pin)
  const out: Choice[] = [{ label: pinned ? h.unpin : h.pin, pressed: pinned, run: () => void acts.pin(post, !pinned) }]
  if (post.state === 'new') out.unshift({ label: h.nudge, run: () => void acts.nudge(post) })
  return out
}

/** A shelf may outlast what it was put on for, so what ended is heard again too. */
function silencing(post: PostDetail, acts: ReturnType<typeof useActs>, ask: (how: Silencing) => void): Choice[] {
  const l = words.value.living
  const out: Choice[] = []
  const disabled = isOutOfService(post)
  const silenced = isSilenced(post, now.value)
  if (post.can.shelve && silenced && !disabled) out.push({ label: l.wake, run: () => void acts.wake(post) })
  if (post.can.shelve && !silenced && isOpen(post.state)) out.push({ label: l.shelve, run: () => ask('shelve') })
  if (post.can.oversee && disabled) out.push({ label: l.enable, run: () => void acts.enable(post) })
  if (post.can.oversee && !disabled && isOpen(post.state)) out.push({ label: l.disable, run: () => ask('disable') })
  return out
}
