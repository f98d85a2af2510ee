import { useEffect, useRef, useState } from 'preact/hooks'
import { onScan } from '../badge/scan'
import { BadgeIcon } from '../identity/BadgeIcon'
import { words } from '../i18n/lang'

const shortest = 4
const longest = 128

type Props = { name: string; onBadge: (badge: string) => void; onClose: () => void }

/** Reads the badge that will be somebody's: held to the reader, or typed. */
export function BadgeDialog({ name, onBadge, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [badge, setBadge] = useState('')
  const [short, setShort] = useState(false)
  const d = words.value.devices
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => onScan((code) => (onBadge(code), true)), [])
  return (
    <dialog ref={dialog} class="resolve" aria-labelledby="badge-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="badge-title">{d.badgeTitle(name)}</h2>
      <p class="badge-present">
        <BadgeIcon />
        {d.badgePresent}
      </p>
      <form
        class="badge-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (badge.trim().length < shortest) setShort(true)
          else onBadge(badge.trim())
        }}
      >
        <label>
          {d.badgeNumber}
          <input
            name="badge"
            type="password"
            autocomplete="off"
            maxLength={longest}
            aria-invalid={short}
            aria-describedby={short ? 'badge-short' : undefined}
            value={badge}
            onInput={(e) => {
              setBadge(e.currentTarget.value)
              setShort(false)
            }}
          />
        </label>
        {short && (
          <p id="badge-short" class="error" role="alert">
            {d.badgeShort}
          </p>
        )}
        <div class="confirm-keys">
          <button type="button" class="key" onClick={() => dialog.current?.close()}>
            {words.value.cancel}
          </button>
          <button type="submit" class="key main">
            {d.keep}
          </button>
        </div>
      </form>
    </dialog>
  )
}
