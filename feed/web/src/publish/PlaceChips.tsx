import { useState } from 'preact/hooks'
import { lang, words } from '../i18n/lang'
import { usePoll } from '../shell/poll'
import { useSession } from '../shell/session'
import { chipsOf, placesBelow, toggled, type Target } from './population'

const minute = 60_000

type Props = { own: Target[]; chosen: string[]; onPick: (chosen: string[]) => void }

/** The places that it is put to: one's own, then what lies below them. */
export function PlaceChips({ own, chosen, onPick }: Props) {
  const { client } = useSession()
  const [all, setAll] = useState(false)
  const territories = usePoll(client.territories, minute, lang.value) ?? []
  const { shown, left } = chipsOf(own, placesBelow(own, territories), chosen)
  const w = words.value
  return (
    <fieldset class="chips to-whom">
      <legend>{w.groups.toWhom}</legend>
      {(all ? [...shown, ...left] : shown).map((target) => (
        <button type="button" class="chip" key={target.path} aria-pressed={chosen.includes(target.path)} onClick={() => onPick(toggled(chosen, target.path))}>
          {own.some((o) => o.path === target.path) ? w.groups.allOf(target.name) : target.name}
        </button>
      ))}
      {!all && left.length > 0 && (
        <button type="button" class="chip" aria-expanded={false} onClick={() => setAll(true)}>
          {w.living.more}
        </button>
      )}
    </fieldset>
  )
}
