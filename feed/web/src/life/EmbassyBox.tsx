import { useMemo } from 'preact/hooks'
import type { Embassy } from '../api/life'
import type { Candidate, PlaceDetail } from '../api/place'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useReading } from '../rules/reading'
import { pagePath } from '../shell/route'
import { useSession } from '../shell/session'
import { Animation } from './animation'
import './life.css'

/** The ambassadors of a place; who animates it asks people, who is one may stop. */
export function EmbassyBox({ place }: { place: PlaceDetail }) {
  const { client, me, say } = useSession()
  const { attempt } = useActs()
  const animation = useMemo(() => new Animation(client), [client])
  const reading = useReading(() => animation.embassy(place.path), place.path)
  const a = words.value.life.ambassadors
  const embassy = reading.value
  if (!embassy) return null
  const does = async (work: () => Promise<unknown>, told: string): Promise<void> => {
    const went = await attempt(async () => void (await work()))
    if (went) say({ text: told })
    reading.again()
  }
  const ask = (who: Candidate): void => void does(() => animation.propose(place.path, who.id), a.proposed(who.name))
  const stop = (who: Candidate): void => void does(() => animation.stop(place.path, who.id), who.id === me.id ? a.stopped : a.ended(who.name))
  return (
    <section class="sheet-box embassy" aria-label={a.title}>
      <h2>{a.title}</h2>
      <p class="hint">{a.says}</p>
      {embassy.ambassadors.length === 0 && <p class="quiet">{a.none}</p>}
      <ul>
        {embassy.ambassadors.map((who) => (
          <li key={who.id}>
            <a class="plain" href={pagePath('people', who.id)}>
              {who.name}
            </a>
            {(who.id === me.id || embassy.animate) && (
              <button type="button" class="key" aria-label={words.value.actOn(who.id === me.id ? a.stop : a.end, who.name)} onClick={() => stop(who)}>
                {who.id === me.id ? a.stop : a.end}
              </button>
            )}
          </li>
        ))}
      </ul>
      {embassy.animate && <Candidates embassy={embassy} onAsk={ask} onStop={stop} />}
    </section>
  )
}

type Keys = { embassy: Embassy; onAsk: (who: Candidate) => void; onStop: (who: Candidate) => void }

/** Whom to ask: names alone, in the order of the alphabet. */
function Candidates({ embassy, onAsk, onStop }: Keys) {
  const w = words.value
  const a = w.life.ambassadors
  return (
    <>
      {embassy.asked.length > 0 && <h3>{a.asked}</h3>}
      <ul>
        {embassy.asked.map((who) => (
          <li key={who.id}>
            <span>{who.name}</span>
            <button type="button" class="key" aria-label={w.actOn(a.withdraw, who.name)} onClick={() => onStop(who)}>
              {a.withdraw}
            </button>
          </li>
        ))}
      </ul>
      {embassy.suggested.length > 0 && (
        <>
          <h3>{a.suggested}</h3>
          <p class="hint">{a.suggestedSays}</p>
        </>
      )}
      <ul>
        {embassy.suggested.map((who) => (
          <li key={who.id}>
            <span>{who.name}</span>
            <button type="button" class="key" aria-label={w.actOn(a.propose, who.name)} onClick={() => onAsk(who)}>
              {a.propose}
            </button>
          </li>
        ))}
      </ul>
      {embassy.others.length > 0 && (
        <label>
          {a.another}
          <select
            name="ambassador"
            value=""
            onChange={(e) => {
              const who = embassy.others.find((one) => one.id === e.currentTarget.value)
              if (who) onAsk(who)
            }}
          >
            <option value="">{a.choose}</option>
            {embassy.others.map((who) => (
              <option key={who.id} value={who.id}>
                {who.name}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  )
}
