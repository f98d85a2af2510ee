import type { PlaceDetail, Setting } from '../api/place'
import { lang, words } from '../i18n/lang'
import { formatNumber } from '../i18n/number'
import { asRead } from '../i18n/ready'
import { useReading } from '../rules/reading'
import { useSession } from '../shell/session'
import { Library } from '../usages/library'

/** What holds at a place: each with the place that says so. */
export function Holds({ place }: { place: PlaceDetail }) {
  const w = words.value
  const p = w.places
  return (
    <div class="holds">
      <section class="sheet-box" aria-label={p.holds}>
        <h2>{p.holds}</h2>
        <dl class="settings">
          <Row name={p.kind} value={p.kinds[place.kind] ?? place.kind} />
          {place.target !== undefined && <Row name={p.target} value={formatNumber(w.locale, place.target)} />}
          <Row name={w.places.rollout} value={w.rules.rollout[place.rollout]} />
          <Row name={p.calendar} value={place.calendar.value} from={place.calendar} at={place.path} />
          <Row name={p.language} value={p.languages[place.language.value] ?? ''} from={place.language} at={place.path} />
          <Row name={p.animator} value={place.unled ? w.life.unled.title : (place.lead ?? place.animator.value)} {...(!place.unled && { from: place.animator })} at={place.path} />
        </dl>
      </section>
      <section class="sheet-box" aria-label={p.charter}>
        <h2>
          {p.charter} {place.charter && <span>{p.version(place.charter.version)}</span>}
        </h2>
        {place.charter ? (
          <>
            <p class="charter">{asRead((lang.value === 'en' && place.charter.en) || place.charter.fr || place.charter.en)}</p>
            <p class="hint">{sayFrom(place.charter.from, place.path)}</p>
            {place.arrange && <Accepted path={place.path} version={place.charter.version} />}
          </>
        ) : (
          <p class="quiet">{p.charterNone}</p>
        )}
      </section>
      <section class="sheet-box" aria-label={p.vocabulary}>
        <h2>{p.vocabulary}</h2>
        {place.words.length === 0 && <p class="quiet">{p.vocabularyNone}</p>}
        <dl class="settings">
          {place.words.map((word) => (
            <Row key={word.word} name={p.reactions[word.word] ?? p.kinds[word.word] ?? word.word} value={(lang.value === 'en' && word.en) || word.fr || word.en} from={{ value: '', from: word.from }} at={place.path} />
          ))}
        </dl>
      </section>
      <section class="sheet-box" aria-label={p.rules}>
        <h2>{p.rules}</h2>
        {place.rules.length === 0 && <p class="quiet">{p.rulesNone}</p>}
        <ul class="place-rules">
          {place.rules.map((rule) => (
            <li key={rule.id}>
              <b>{asRead(rule.title)}</b>
              {rule.title !== rule.id && <code>{rule.id}</code>}
              <span class="hint">
                {rule.own ? p.own : p.inherited(rule.match ?? rule.id)}
              </span>
            </li>
          ))}
        </ul>
        {place.rules.length > 0 && <p class="hint">{p.rulesSay}</p>}
      </section>
    </div>
  )
}

/** How many of those who were asked accepted the charter; nobody sees who. */
function Accepted({ path, version }: { path: string; version: number }) {
  const { client } = useSession()
  const figures = useReading(() => new Library(client).accepted(path), `${path} ${version}`)
  if (!figures.value) return null
  return <p class="hint">{words.value.usages.charterFigures(figures.value.accepted, figures.value.asked)}</p>
}

const sayFrom = (from: { path: string; name: string }, at: string): string =>
  from.path === at ? words.value.places.own : words.value.places.inherited(from.name)

/** A setting, and whether it is the place's own or comes from above. */
function Row({ name, value, from, at }: { name: string; value: string; from?: Setting; at?: string }) {
  const p = words.value.places
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value ? <b>{asRead(value)}</b> : <span class="quiet">{p.nobodySays}</span>}
        {value && from?.from && at && <span class="hint">{sayFrom(from.from, at)}</span>}
      </dd>
    </div>
  )
}
