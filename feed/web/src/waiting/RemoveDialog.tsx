import { useEffect, useRef } from 'preact/hooks'
import { words } from '../i18n/lang'

/** Asks before words are lost: it cannot be undone. */
export function RemoveDialog({ onRemove, onClose }: { onRemove: () => void; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const w = words.value.outbox
  return (
    <dialog ref={dialog} class="resolve" aria-labelledby="remove-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="remove-title">{w.removeTitle}</h2>
      <p class="about">{w.removeSays}</p>
      <div class="chips">
        <button type="button" class="key main" autofocus onClick={() => dialog.current?.close()}>
          {w.keep}
        </button>
        <button
          type="button"
          class="key"
          onClick={() => {
            onRemove()
            dialog.current?.close()
          }}
        >
          {w.remove}
        </button>
      </div>
    </dialog>
  )
}
