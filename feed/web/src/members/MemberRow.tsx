import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { appoints } from './giving'
import type { Colleague } from './registry'

type Props = { colleague: Colleague; onInvite: () => void; onRoles: () => void; onRevoke: () => void }

/** One person: what they are here, and what is done when that changes. */
export function MemberRow({ colleague, onInvite, onRoles, onRevoke }: Props) {
  const { me } = useSession()
  const w = words.value
  const { id, name, grants, entry } = colleague
  return (
    <li class="member">
      <div>
        <h3>{name}</h3>
        <p>{grants.map((g) => w.rights.sheetRole(w.role[g.role], g.name)).join(', ') || w.rights.noRole}</p>
        {!entry && <p class="no-entry">{w.rights.bring.noEntry}</p>}
      </div>
      {appoints(me) && id !== me.id && (
        <div class="member-keys">
          {!entry && (
            <button type="button" class="key" aria-label={w.actOn(w.rights.invite, name)} onClick={onInvite}>
              {w.rights.invite}
            </button>
          )}
          <button type="button" class="key" aria-label={w.actOn(w.rights.roles, name)} onClick={onRoles}>
            {w.rights.roles}
          </button>
          <button type="button" class="key" aria-label={w.actOn(w.rights.revoke, name)} onClick={onRevoke}>
            {w.rights.revoke}
          </button>
        </div>
      )}
    </li>
  )
}
