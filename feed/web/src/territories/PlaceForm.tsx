import { useMemo, useState } from 'preact/hooks'
import type { PlaceDetail } from '../api/place'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { editOf, formOf, type Form } from './edit'
import { KindSelect } from './KindSelect'
import { NeighbourField } from './NeighbourField'
import type { Survey } from './survey'
import { WordFields } from './WordFields'

type Props = { place: PlaceDetail; survey: Survey; onDone: (place: PlaceDetail) => void }

/** What a place says of itself; what is left empty is as above. */
export function PlaceForm({ place, survey, onDone }: Props) {
  const { attempt } = useActs()
  const first = useMemo(() => formOf(place), [place])
  const [form, setForm] = useState<Form>(first)
  const [busy, setBusy] = useState(false)
  const p = words.value.places
  const set = (part: Partial<Form>): void => setForm((old) => ({ ...old, ...part }))
  const edit = editOf(first, form)
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    await attempt(async () => onDone(await survey.edit(place.path, edit)))
    setBusy(false)
  }
  return (
    <form class="sheet-box place-form" aria-label={p.edit} onSubmit={(event) => void save(event)}>
      <label>
        {p.name}
        <input name="name" maxLength={200} autocomplete="off" value={form.name} onInput={(e) => set({ name: e.currentTarget.value })} />
      </label>
      <KindSelect kind={form.kind} onChange={(kind) => set({ kind })} />
      <label>
        {p.calendar}
        <input name="calendar" maxLength={200} autocomplete="off" placeholder={p.asAbove} value={form.calendar} onInput={(e) => set({ calendar: e.currentTarget.value })} />
      </label>
      <fieldset class="chips">
        <legend>{p.language}</legend>
        {['', 'fr', 'en'].map((one) => (
          <button type="button" class="chip" key={one} aria-pressed={form.language === one} onClick={() => set({ language: one })}>
            {p.languages[one] ?? p.asAbove}
          </button>
        ))}
      </fieldset>
      <label>
        {p.animator}
        <select name="animator" value={form.animator} onChange={(e) => set({ animator: e.currentTarget.value })}>
          <option value="">{p.asAbove}</option>
          {place.candidates.map((c) => (
            <option key={c.id} value={c.id}>
              {c.name}
            </option>
          ))}
        </select>
      </label>
      {(['fr', 'en'] as const).map((one) => (
        <label key={one}>
          {one === 'fr' ? p.charterFR : p.charterEN}
          <textarea name={`charter-${one}`} rows={3} maxLength={4000} value={form.charter[one]} onInput={(e) => set({ charter: { ...form.charter, [one]: e.currentTarget.value } })} />
        </label>
      ))}
      <WordFields words={form.words} onChange={(next) => set({ words: next })} />
      {(['before', 'after'] as const).map((way) => (
        <NeighbourField key={way} way={way} at={place.path} paths={form[way]} onChange={(paths) => set({ [way]: paths })} />
      ))}
      <div>
        <button type="button" class="chip" aria-pressed={form.sideways} onClick={() => set({ sideways: !form.sideways })}>
          {p.sideways}
        </button>
        <p class="hint">{p.sidewaysSays}</p>
      </div>
      <button type="submit" class="key main" disabled={!form.name.trim() || Object.keys(edit).length === 0 || busy}>
        {p.save}
      </button>
    </form>
  )
}
