import { useEffect, useState } from 'preact/hooks'
import { lang, words } from '../i18n/lang'
import { roleWord } from '../post/role'
import { useSession } from '../shell/session'
import { Chips } from './Chips'

const roles = ['operator', 'staff', 'lead', 'maintenance', 'quality']
const all = ''
const more = 'more'

type Props = {
  places: string[]
  roles: string[]
  shifts: string[]
  onRoles: (roles: string[]) => void
  onShifts: (shifts: string[]) => void
}

/** To whom of these places: all of them, unless one says a role or, where a calendar knows, a shift. */
export function Narrow({ places, roles: chosen, shifts, onRoles, onShifts }: Props) {
  const known = useShifts(places)
  const [open, setOpen] = useState(chosen.length > 0)
  const w = words.value
  const pick = (now: string[], set: (next: string[]) => void) => (id: string) =>
    set(id === all ? [] : now.includes(id) ? now.filter((one) => one !== id) : [...now, id])
  if (places.length === 0 || places[0]!.startsWith('@')) return null
  return (
    <>
      {known.length > 0 && (
        <Chips
          legend={w.groups.onShift}
          all={[{ id: all, name: w.groups.everyShift }, ...known.map((name) => ({ id: name, name }))]}
          chosen={shifts.length > 0 ? shifts : [all]}
          onPick={pick(shifts, onShifts)}
        />
      )}
      <Chips
        legend={w.groups.rolesAre}
        all={[{ id: all, name: w.groups.everyRole }, ...(open ? roles.map((id) => ({ id, name: roleWord(id, w) })) : [{ id: more, name: w.groups.precise }])]}
        chosen={chosen.length > 0 ? chosen : [all]}
        onPick={(id) => (id === more ? setOpen(true) : pick(chosen, onRoles)(id))}
      />
    </>
  )
}

/** The shifts of the day at the one place, the one that works now first; none where no calendar says. */
function useShifts(places: string[]): string[] {
  const { client } = useSession()
  const [known, setKnown] = useState<string[]>([])
  const only = places.length === 1 && !places[0]!.startsWith('@') ? places[0]! : ''
  useEffect(() => {
    let left = false
    setKnown([])
    if (only) {
      client.shifts(only).then(
        (shifts) => !left && setKnown(shifts),
        () => undefined, // nobody knows: it is for all of them
      )
    }
    return () => (left = true, undefined)
  }, [only, lang.value])
  return known
}
