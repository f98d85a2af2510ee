import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import type { Desk } from './desk'

type Props = { desk: Desk; label: string; name: string; onAdd: (name: string) => void }

const pause = 200
const enough = 2

/** Names a skill; those of the catalogue that begin so are a touch away, so that none is written twice. */
export function AddName({ desk, label, name: field, onAdd }: Props) {
  const [name, setName] = useState('')
  const [known, setKnown] = useState<string[]>([])
  const w = words.value
  useEffect(() => {
    if (name.trim().length < enough) return setKnown([])
    let left = false
    const timer = setTimeout(() => desk.skills(name.trim()).then((found) => !left && setKnown(found), () => undefined), pause)
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [name])
  const add = (one: string): void => {
    onAdd(one)
    setName('')
  }
  return (
    <form
      class="add-name"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) add(name.trim())
      }}
    >
      <label>
        {label}
        <input name={field} maxLength={60} autocomplete="off" value={name} onInput={(e) => setName(e.currentTarget.value)} />
      </label>
      <button type="submit" class="key" disabled={!name.trim()}>
        {w.people.add}
      </button>
      {known.length > 0 && (
        <div class="chips known">
          <span class="quiet">{w.people.exists}</span>
          {known.map((one) => (
            <button type="button" class="chip" key={one} onClick={() => add(one)}>
              {one}
            </button>
          ))}
        </div>
      )}
    </form>
  )
}
