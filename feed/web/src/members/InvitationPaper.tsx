import type { Invitation } from '../api/rights'
import { QrCode } from '../devices/QrCode'
import { words } from '../i18n/lang'
import { now, timeAndDay } from '../i18n/time'
import { Mark } from '../shell/Mark'

/** One invitation: whose, to what, and how it is used. */
export function InvitationPaper({ invitation }: { invitation: Invitation }) {
  const w = words.value
  const { code = '', name, role, place_name, expires } = invitation
  const [time, day] = timeAndDay(w, expires, now.value)
  const until = w.at(time, day)
  return (
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
  )
}
