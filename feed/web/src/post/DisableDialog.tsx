import { useEffect, useRef } from 'preact/hooks'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { useActs } from './acts'
import { ReasonChips } from './ReasonChips'

/** Puts a post out of service: why; the reason sends it. */
export function DisableDialog({ post, onClose }: { post: Post; onClose: () => void }) {
  const acts = useActs()
  const dialog = useRef<HTMLDialogElement>(null)
  const l = words.value.living
  useEffect(() => dialog.current?.showModal(), [])
  const disable = (reason: string): void => {
    onClose()
    void acts.disable(post, reason)
  }
  return (
    <dialog ref={dialog} class="resolve shelve" aria-labelledby="disable-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="disable-title">{l.disableTitle}</h2>
      <p class="about">{asRead(post.title)}</p>
      <ReasonChips reasons={l.disableReasons} label="disable-title" onSay={disable} onCancel={() => dialog.current?.close()} />
      <p class="hint">{l.disableSays}</p>
    </dialog>
  )
}
