import { useState } from 'preact/hooks'
import type { PlaceDetail } from '../api/place'
import { within } from '../feed/order'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { PlaceSelect } from './PlaceSelect'
import type { Survey } from './survey'

type Props = { place: PlaceDetail; survey: Survey; onDone: (place: PlaceDetail) => void }

/** Hangs a place under another, and says what that does to its posts. */
export function MoveForm({ place, survey, onDone }: Props) {
  const { attempt } = useActs()
  const [parent, setParent] = useState('')
  const [busy, setBusy] = useState(false)
  const p = words.value.places
  const move = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    await attempt(async () => onDone(await survey.move(place.path, parent)))
    setBusy(false)
  }
  return (
    <form class="sheet-box place-form" aria-label={p.move} onSubmit={(event) => void move(event)}>
      <PlaceSelect
        label={p.moveTitle}
        name="parent"
        empty=""
        value={parent}
        fits={(t) => t.kind !== 'machine' && !within(t.path, place.path) && t.path !== place.parent}
        onChange={(t) => setParent(t.path)}
      />
      <p class="hint">{p.moveSays}</p>
      <button type="submit" class="key main" disabled={!parent || busy}>
        {p.move}
      </button>
    </form>
  )
}
