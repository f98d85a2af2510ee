import { useEffect, useRef, useState } from 'preact/hooks'
import type { Role } from '../api/types'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { rolesToGive } from './giving'
import { GrantFields } from './GrantFields'
import type { Colleague } from './registry'

type Props = { colleague: Colleague; onChange: (territory: string, role: Role, on: boolean) => void; onClose: () => void }

/** What somebody is, and where: each role can be taken, another given. */
export function RolesDialog({ colleague, onChange, onClose }: Props) {
  const { me } = useSession()
  const dialog = useRef<HTMLDialogElement>(null)
  const [place, setPlace] = useState('')
  const [role, setRole] = useState<Role | ''>('')
  const w = words.value
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="resolve roles-dialog" aria-labelledby="roles-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="roles-title">{w.rights.rolesOf(colleague.name)}</h2>
      <ul>
        {colleague.grants.map((g) => (
          <li key={g.territory + g.role}>
            <span>{w.rights.sheetRole(w.role[g.role], g.name)}</span>
            {rolesToGive(me, g.territory).includes(g.role) && (
              <button type="button" class="key" aria-label={w.actOn(w.rights.take, `${w.role[g.role]}, ${g.name}`)} onClick={() => onChange(g.territory, g.role, false)}>
                {w.rights.take}
              </button>
            )}
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (place && role) onChange(place, role, true)
        }}
      >
        <GrantFields place={place} role={role} onPlace={setPlace} onRole={setRole} />
        <div class="confirm-keys">
          <button type="button" class="key" onClick={() => dialog.current?.close()}>
            {w.close}
          </button>
          <button type="submit" class="key main" disabled={!place || !role}>
            {w.rights.give}
          </button>
        </div>
      </form>
    </dialog>
  )
}
