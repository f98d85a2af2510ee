import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { appoints } from './giving'
import type { Colleague } from './registry'

type Props = { colleague: Colleague; onRoles: () => void; onRevoke: () => void }

/** One person: what they are here, and what is done when that changes. */
export function MemberRow({ colleague, onRoles, onRevoke }: Props) {
  const { me } = useSession()
  const w = words.value
  const { id, name, grants } = colleague
  return (
    <li class="member">
      <div>
        <h3>{name}</h3>
        <p>{grants.map((g) => w.rights.sheetRole(w.role[g.role], g.name)).join(', ') || w.rights.noRole}</p>
      </div>
      {appoints(me) && id !== me.id && (
        <div class="member-keys">
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
