import type { Role } from '../api/types'
import { byPlace, depthOf } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { usePoll } from '../shell/poll'
import { useSession } from '../shell/session'
import { placesToGive, rolesToGive } from './giving'

const minute = 60_000

type Props = { place: string; role: Role | ''; onPlace: (place: string) => void; onRole: (role: Role | '') => void }

/** A place, then a role that one may give there. */
export function GrantFields({ place, role, onPlace, onRole }: Props) {
  const { me, client } = useSession()
  const places = placesToGive(me, usePoll(client.territories, minute, lang.value) ?? []).sort(byPlace)
  const w = words.value
  const roles = place ? rolesToGive(me, place) : []
  return (
    <>
      <label>
        {w.rights.place}
        <select
          name="place"
          value={place}
          onChange={(e) => {
            const next = e.currentTarget.value
            onPlace(next)
            if (role && !rolesToGive(me, next).includes(role)) onRole('')
          }}
        >
          <option value="" />
          {places.map((t) => (
            <option key={t.path} value={t.path}>
              {'\u00a0\u00a0'.repeat(depthOf(t.path, places)) + t.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {w.rights.role}
        <select name="role" value={role} disabled={!place} onChange={(e) => onRole(e.currentTarget.value as Role | '')}>
          <option value="" />
          {roles.map((one) => (
            <option key={one} value={one}>
              {w.role[one]}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}
