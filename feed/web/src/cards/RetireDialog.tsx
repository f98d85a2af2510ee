import { useLayoutEffect, useRef } from 'preact/hooks'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { ReasonChips } from '../post/ReasonChips'
import { useCards } from './useCards'
import '../post/resolve.css'

type Props = { id: string; title: string; onClose: () => void; onDone: () => void }

/** Asks why a good practice is offered no more: a touch, or one's own words. */
export function RetireDialog({ id, title, onClose, onDone }: Props) {
  const cards = useCards()
  const dialog = useRef<HTMLDialogElement>(null)
  const w = words.value
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const retire = (reason: string): void => {
    onClose()
    void cards.retire(id, reason, onDone)
  }
  return (
    <dialog ref={dialog} class="resolve" aria-labelledby="retire-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="retire-title">{w.cards.retireTitle}</h2>
      <p class="about">{asRead(title)}</p>
      <ReasonChips reasons={w.cards.reasons} label="retire-title" onSay={retire} onCancel={() => dialog.current?.close()} />
    </dialog>
  )
}
