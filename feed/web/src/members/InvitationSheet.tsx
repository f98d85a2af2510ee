import { OnlyHere } from '../devices/OnlyHere'
import { QrCode } from '../devices/QrCode'
import { words } from '../i18n/lang'
import { timeAndDay, now } from '../i18n/time'
import type { Invitation } from '../api/rights'
import { useFocus } from '../shell/focus'
import { Mark } from '../shell/Mark'

/** An invitation as it is handed over on paper: it is shown once, and printed. */
export function InvitationSheet({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const sheet = useFocus<HTMLElement>()
  const w = words.value
  const { code = '', name, role, place_name, expires } = invitation
  const [time, day] = timeAndDay(w, expires, now.value)
  const until = w.at(time, day)
  return (
    <section class="invitation" ref={sheet} tabIndex={-1} aria-label={w.rights.sheetOf(name)}>
      <div class="invitation-sheet">
        <Mark />
        <h2>{w.rights.sheetHello(name)}</h2>
        <p class="as">{w.rights.sheetRole(w.role[role], place_name)}</p>
        <QrCode text={`${location.origin}/welcome#${code}`} label={w.rights.sheetQR} />
        <p>
          {w.rights.sheetCode} <b class="code">{code}</b>
        </p>
        <ol>
          {w.rights.sheetSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p class="address">{location.host}/welcome</p>
        <p class="hint on-paper">{w.rights.sheetOnce(until)}</p>
        <p class="hint on-screen">{w.rights.sheetUntil(until)}</p>
      </div>
      <div class="on-screen">
        <OnlyHere />
      </div>
      <div class="invitation-keys">
        <button type="button" class="key" onClick={onClose}>
          {w.close}
        </button>
        <button type="button" class="key main" onClick={() => print()}>
          {w.rights.print}
        </button>
      </div>
    </section>
  )
}
