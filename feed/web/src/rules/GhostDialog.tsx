import { useEffect, useRef } from 'preact/hooks'
import type { Territory } from '../api/types'
import { words } from '../i18n/lang'

type Props = { place: Territory; onGo: () => void; onClose: () => void }

/** Asks once before people stop seeing what they see: nothing else would tell them. */
export function GhostDialog({ place, onGo, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const w = words.value
  useEffect(() => dialog.current?.showModal(), [])
  const go = (): void => {
    onClose()
    onGo()
  }
  return (
    <dialog ref={dialog} class="resolve" aria-labelledby="ghost-ask" onClose={onClose}>
      <h2 id="ghost-ask">{w.rules.ghostAsk(place.name)}</h2>
      <div class="chips">
        <button type="button" class="key" onClick={() => dialog.current?.close()}>
          {w.cancel}
        </button>
        <button type="button" class="key main" onClick={go}>
          {w.rules.ghostGo}
        </button>
      </div>
    </dialog>
  )
}
