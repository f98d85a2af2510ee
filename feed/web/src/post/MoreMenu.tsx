import { useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { isCalm, isInHand, isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { usePopover } from '../shell/popover'
import { useSession } from '../shell/session'
import { useActs } from './acts'
import { ShelveDialog } from './ShelveDialog'

type Choice = { label: string; pressed?: boolean; run: () => void }

/** What is done to a post less often: silence it, call it noise, give it back. */
export function MoreMenu({ post }: { post: PostDetail }) {
  const { root, open, toggle, onKeyDown } = usePopover()
  const [shelving, setShelving] = useState(false)
  const choices = useChoices(post, () => setShelving(true))
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
      {shelving && <ShelveDialog post={post} onClose={() => setShelving(false)} />}
    </div>
  )
}

/** Only what a rule opened can be silenced, or be noise. */
function useChoices(post: PostDetail, shelve: () => void): Choice[] {
  const { me } = useSession()
  const acts = useActs()
  const l = words.value.living
  const ruled = Boolean(post.provenance?.rule) || (post.members?.length ?? 0) > 0
  const noisy = post.noise ? ` (${post.noise})` : ''
  const out: Choice[] = []
  if (post.can.shelve && ruled && isOpen(post.state) && !isCalm(post)) {
    out.push(post.shelf ? { label: l.wake, run: () => void acts.wake(post) } : { label: l.shelve, run: shelve })
  }
  if (post.can.write && ruled && post.kind !== 'production' && post.kind !== 'handover') {
    const label = (post.mine_noise ? l.uncallNoise : l.callNoise) + noisy
    out.push({ label, pressed: post.mine_noise, run: () => void acts.noise(post, !post.mine_noise) })
  }
  if (post.can.handle && isInHand(post.state) && post.taker?.member === me.id) {
    out.push({ label: l.giveBack, run: () => void acts.giveBack(post) })
  }
  return out
}
