import { useState } from 'preact/hooks'
import type { Device, Me, Territory } from '../api/types'
import { within } from '../feed/order'
import { byPlace, depthOf } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { usePoll } from '../shell/poll'
import { useSession } from '../shell/session'
import type { NewDevice } from './desk'

const minute = 60_000
const kinds: Device['kind'][] = ['station', 'wall']

/** A device to come: its name, its place, what it is for. */
export function AddDevice({ onAdd }: { onAdd: (device: NewDevice) => Promise<boolean> }) {
  const { me, client } = useSession()
  const [name, setName] = useState('')
  const [place, setPlace] = useState('')
  const [kind, setKind] = useState<Device['kind']>('station')
  const [sending, setSending] = useState(false)
  const places = (usePoll(client.territories, minute, lang.value) ?? []).filter((t) => t.kind !== 'machine' && looksAfter(me, t)).sort(byPlace)
  const w = words.value
  const add = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!name.trim() || !place || sending) return
    setSending(true)
    if (await onAdd({ name: name.trim(), place, kind })) setName('')
    setSending(false)
  }
  return (
    <form class="add-device" aria-labelledby="add-device" onSubmit={(event) => void add(event)}>
      <h2 id="add-device">{w.devices.addTitle}</h2>
      <label>
        {w.devices.name}
        <input name="name" maxLength={60} autocomplete="off" placeholder={w.devices.nameHint} value={name} onInput={(e) => setName(e.currentTarget.value)} />
      </label>
      <label>
        {w.devices.place}
        <select name="place" value={place} onChange={(e) => setPlace(e.currentTarget.value)}>
          <option value="" />
          {places.map((t) => (
            <option key={t.path} value={t.path}>
              {'\u00a0\u00a0'.repeat(depthOf(t.path, places)) + t.name}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="chips">
        <legend>{w.devices.kind}</legend>
        {kinds.map((one) => (
          <button type="button" class="chip" key={one} aria-pressed={kind === one} onClick={() => setKind(one)}>
            {w.devices.kinds[one]}
          </button>
        ))}
      </fieldset>
      <p class="hint">{w.devices.kindHint[kind]}</p>
      <button type="submit" class="key main" disabled={!name.trim() || !place || sending}>
        {sending ? w.devices.adding : w.devices.add}
      </button>
    </form>
  )
}

const looksAfter = (me: Me, { path }: Territory): boolean => me.grants.some((g) => g.role === 'admin' && within(path, g.territory))
