import type { Invitation } from '../api/rights'
import { words } from '../i18n/lang'
import { now, timeAndDay } from '../i18n/time'

/** The invitations that nobody accepted yet. */
export function WaitingInvitations({ rows, onWithdraw }: { rows: Invitation[] | undefined; onWithdraw: (invitation: Invitation) => void }) {
  const w = words.value
  if (!rows || rows.length === 0) return null
  return (
    <section class="waiting-invitations" aria-labelledby="waiting-invitations">
      <h2 id="waiting-invitations">{w.rights.waiting}</h2>
      <ul>
        {rows.map((i) => (
          <li key={i.id}>
            <p>
              <b>{i.name}</b> {w.rights.sheetRole(w.role[i.role], i.place_name)}
              <span>{w.rights.until(w.at(...timeAndDay(w, i.expires, now.value)))}</span>
            </p>
            <button type="button" class="key" aria-label={w.actOn(w.rights.withdraw, i.name)} onClick={() => onWithdraw(i)}>
              {w.rights.withdraw}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
