import { useEffect, useRef } from 'preact/hooks'
import { words } from '../i18n/lang'

type Props = { title: string; text: string; act: string; onDone: () => void; onClose: () => void }

/** Asks before what cannot be undone. */
export function ConfirmDialog({ title, text, act, onDone, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="resolve" aria-labelledby="confirm-title" aria-describedby="confirm-text" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="confirm-title">{title}</h2>
      <p id="confirm-text">{text}</p>
      <div class="confirm-keys">
        <button type="button" class="key" onClick={() => dialog.current?.close()}>
          {words.value.cancel}
        </button>
        <button type="button" class="key main" onClick={onDone}>
          {act}
        </button>
      </div>
    </dialog>
  )
}
