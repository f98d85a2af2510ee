import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { shownOf, type Choice } from './concern'

type Props = { legend: string; all: Choice[]; chosen: string[]; onPick: (chosen: string[]) => void }

const many = 12

/** Places or people to name: a few at once, all of them behind a touch, where some letters find one. */
export function PickChips({ legend, all, chosen, onPick }: Props) {
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const w = words.value
  const { shown, left } = shownOf(all, chosen)
  const found = open ? all.filter(({ id, name }) => chosen.includes(id) || fold(name).includes(fold(typed))) : shown
  const pick = (id: string): void => onPick(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <fieldset class="chips pick">
      <legend>{legend}</legend>
      {open && all.length > many && (
        <input type="search" aria-label={w.groups.propose.find} placeholder={w.groups.propose.find} autocomplete="off" value={typed} onInput={(e) => setTyped(e.currentTarget.value)} />
      )}
      {found.map(({ id, name }) => (
        <button type="button" class="chip" key={id} aria-pressed={chosen.includes(id)} onClick={() => pick(id)}>
          {name}
        </button>
      ))}
      {!open && left > 0 && (
        <button type="button" class="chip" aria-expanded={false} onClick={() => setOpen(true)}>
          {w.groups.propose.others(left)}
        </button>
      )}
    </fieldset>
  )
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
