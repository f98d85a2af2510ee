import { useMemo } from 'preact/hooks'
import type { PlaceNeeds } from '../api/life'
import { lang, words } from '../i18n/lang'
import { useReading } from '../rules/reading'
import { pagePath } from '../shell/route'
import { useSession } from '../shell/session'
import { Animation } from './animation'
import { NeedRow } from './NeedRow'
import './life.css'

/** *Territoires à aider*: which of the places that one animates need a hand, why, and what to do. */
export function NeedList() {
  const { client } = useSession()
  const animation = useMemo(() => new Animation(client), [client])
  const places = useReading(animation.needs, lang.value)
  const h = words.value.life.help
  return (
    <section class="needs" aria-labelledby="needs">
      <h2 id="needs">
        {h.title} {places.value && places.value.length > 0 && <span>{places.value.length}</span>}
      </h2>
      {places.failed && (
        <p class="error">
          {h.failed}{' '}
          <button type="button" class="plain" onClick={places.again}>
            {words.value.tryAgain}
          </button>
        </p>
      )}
      {!places.value && !places.failed && <p class="quiet waiting">{words.value.loading}</p>}
      {places.value?.length === 0 && <p class="quiet none">{h.none}</p>}
      {places.value && places.value.length > 0 && (
        <ol>
          {places.value.map((place) => (
            <Place key={place.path} place={place} animation={animation} />
          ))}
        </ol>
      )}
    </section>
  )
}

/** One place with its reasons, the gravest first. */
function Place({ place, animation }: { place: PlaceNeeds; animation: Animation }) {
  const w = words.value
  return (
    <li class="need-place">
      <h3>
        <a class="plain" href={pagePath('territories', place.path)}>
          {place.name}
        </a>
        <span>{w.places.kinds[place.kind] ?? place.kind}</span>
      </h3>
      <ul>
        {place.needs.map((need) => (
          <NeedRow key={need.why + (need.rule ?? '')} place={place} need={need} animation={animation} />
        ))}
      </ul>
    </li>
  )
}
