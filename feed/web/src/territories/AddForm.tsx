import { useState } from 'preact/hooks'
import type { PlaceDetail } from '../api/place'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { KindSelect } from './KindSelect'
import type { Survey } from './survey'

/** What usually lies below each kind of place. */
const below: Record<string, string> = { company: 'site', site: 'workshop', workshop: 'line', line: 'station', station: 'machine', banner: 'store', store: 'aisle', department: 'aisle' }

type Props = { place: PlaceDetail; survey: Survey; onDone: (place: PlaceDetail) => void }

/** A place to come: its name and kind. */
export function AddForm({ place, survey, onDone }: Props) {
  const { attempt } = useActs()
  const [name, setName] = useState('')
  const [kind, setKind] = useState(below[place.kind] ?? 'station')
  const [busy, setBusy] = useState(false)
  const p = words.value.places
  const add = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    await attempt(async () => onDone(await survey.add(place.path, name.trim(), kind)))
    setBusy(false)
  }
  return (
    <form class="sheet-box place-form" aria-label={p.addTitle} onSubmit={(event) => void add(event)}>
      <h2>{p.addTitle}</h2>
      <label>
        {p.name}
        <input name="name" maxLength={200} autocomplete="off" value={name} onInput={(e) => setName(e.currentTarget.value)} />
      </label>
      <KindSelect kind={kind} onChange={setKind} />
      <button type="submit" class="key main" disabled={!name.trim() || busy}>
        {p.add}
      </button>
    </form>
  )
}
