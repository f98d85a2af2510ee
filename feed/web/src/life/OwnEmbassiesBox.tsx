import { useMemo } from 'preact/hooks'
import type { NamedPlace } from '../api/place'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useReading } from '../rules/reading'
import { useSession } from '../shell/session'
import { Animation } from './animation'
import './life.css'

/** What one is asked to be an ambassador of, and is: yes, no, or no longer. */
export function OwnEmbassiesBox() {
  const { client, me, say } = useSession()
  const { attempt } = useActs()
  const animation = useMemo(() => new Animation(client), [client])
  const reading = useReading(animation.own, me.id)
  const w = words.value
  const a = w.life.ambassadors
  const own = reading.value
  if (!own || own.of.length + own.asked.length === 0) return null
  const does = async (work: () => Promise<unknown>, told: string): Promise<void> => {
    const went = await attempt(async () => void (await work()))
    if (went) say({ text: told })
    reading.again()
  }
  const key = (label: string, place: NamedPlace, main: boolean, run: () => void) => (
    <button type="button" class={main ? 'key main' : 'key'} aria-label={w.actOn(label, place.name)} onClick={run}>
      {label}
    </button>
  )
  return (
    <section class="embassy" aria-labelledby="own-embassies">
      <h2 id="own-embassies">{a.mine}</h2>
      <p class="hint">{a.duties}</p>
      <ul>
        {own.asked.map((place) => (
          <li key={place.path}>
            <span>{a.askedOf(place.name)}</span>
            {key(a.accept, place, true, () => void does(() => animation.answer(place.path, true), a.accepted(place.name)))}
            {key(a.decline, place, false, () => void does(() => animation.answer(place.path, false), a.declined))}
          </li>
        ))}
        {own.of.map((place) => (
          <li key={place.path}>
            <span>{a.of(place.name)}</span>
            {key(a.stop, place, false, () => void does(() => animation.stop(place.path, me.id), a.stopped))}
          </li>
        ))}
      </ul>
    </section>
  )
}
