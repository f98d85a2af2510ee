import { useEffect, useRef, useState } from 'preact/hooks'
import type { Rest } from '../api/client'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { useActs } from './acts'
import { ReasonChips } from './ReasonChips'

const hours = [1, 4, 8]

/** Silences a post: how long, then why; the reason sends it. */
export function ShelveDialog({ post, onClose }: { post: Post; onClose: () => void }) {
  const acts = useActs()
  const dialog = useRef<HTMLDialogElement>(null)
  const [span, setSpan] = useState(hours[0])
  const l = words.value.living
  useEffect(() => dialog.current?.showModal(), [])
  const shelve = (reason: string): void => {
    const rest: Rest = span === undefined ? { once: true, reason } : { minutes: span * 60, reason }
    onClose()
    void acts.shelve(post, rest)
  }
  return (
    <dialog ref={dialog} class="resolve shelve" aria-labelledby="shelve-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="shelve-title">{l.shelveTitle}</h2>
      <p class="about">{asRead(post.title)}</p>
      <div class="chips spans" role="group" aria-labelledby="shelve-title">
        {[...hours, undefined].map((h) => (
          <button type="button" class="chip" key={h ?? 0} aria-pressed={span === h} onClick={() => setSpan(h)}>
            {h === undefined ? l.thisTime : l.hoursLong(h)}
          </button>
        ))}
      </div>
      <h3 id="shelve-why">{l.shelveWhy}</h3>
      <ReasonChips reasons={l.shelveReasons} label="shelve-why" onSay={shelve} onCancel={() => dialog.current?.close()} />
      <p class="hint">{l.shelveSays}</p>
    </dialog>
  )
}
