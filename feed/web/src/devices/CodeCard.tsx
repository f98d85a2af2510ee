import { pairingLink, inHalves, readPairing } from '../identity/code'
import { words } from '../i18n/lang'
import { formatTime, now } from '../i18n/time'
import { useFocus } from '../shell/focus'
import type { Paired } from './desk'
import { OnlyHere } from './OnlyHere'
import { QrCode } from './QrCode'

/** The code that pairs a device, to be typed or read by it; shown once. */
export function CodeCard({ device, onClose }: { device: Paired; onClose: () => void }) {
  const card = useFocus<HTMLElement>()
  const w = words.value
  const code = inHalves(readPairing(device.code ?? ''))
  return (
    <section class="code-card" ref={card} tabIndex={-1} aria-labelledby="code-of">
      <QrCode text={pairingLink(location.origin, code)} label={w.devices.codeQR} />
      <div>
        <h2 id="code-of">{w.devices.codeOf(device.name)}</h2>
        <p class="code">{code}</p>
        <p>{w.devices.codeHint}</p>
        <p class="hint">
          {device.code_expires && w.devices.codeUntil(formatTime(w, device.code_expires, now.value))} {w.devices.codeOnce}
        </p>
        <OnlyHere />
        <button type="button" class="key" onClick={onClose}>
          {w.close}
        </button>
      </div>
    </section>
  )
}
