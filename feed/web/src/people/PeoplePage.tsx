import { useEffect, useMemo, useState } from 'preact/hooks'
import { byPlace, depthOf } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { useReading } from '../rules/reading'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { usePoll } from '../shell/poll'
import { route } from '../shell/route'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { Calls } from './Calls'
import { Desk, type Asked } from './desk'
import { Instead } from './Instead'
import { PersonPage } from './PersonPage'
import { PersonRow } from './PersonRow'
import './people.css'

const minute = 60_000
const pause = 250

/** *Annuaire*: who can what, and who is here; or one of them. */
export function PeoplePage() {
  const at = route.value
  return at.at === 'people' && at.id !== undefined ? <PersonPage id={at.id} /> : <DirectoryPage />
}

function DirectoryPage() {
  const page = useFocus<HTMLElement>()
  const { client, me } = useSession()
  const desk = useMemo(() => new Desk(client), [client])
  const [asked, setAsked] = useState<Asked>({})
  const [typed, setTyped] = useState('')
  const w = words.value
  const title = w.pages.people
  const filter = (more: Asked): void => setAsked((now) => ({ ...now, ...more }))
  const choose = (skill: string): void => {
    setTyped('')
    filter({ skill, q: '', appetence: undefined! })
  }
  return (
    <main class="page directory" ref={page} tabIndex={-1} aria-label={title}>
      <PageTop title={title}>
        {!me.station && (
          <a class="plain own-card" href={`/people/${encodeURIComponent(me.id)}`}>
            {w.people.myCard}
          </a>
        )}
      </PageTop>
      <LastNews />
      <div class="people-body">
        {!me.station && <Calls desk={desk} />}
        <Search asked={asked} onAsk={filter} typed={typed} onType={setTyped} />
        <Found desk={desk} asked={asked} onAsk={filter} onInstead={choose} />
      </div>
    </main>
  )
}

type SearchProps = { asked: Asked; onAsk: (more: Asked) => void }

/** Words, a place, and whether they are here: what one asks for. */
function Search({ asked, onAsk, typed, onType }: SearchProps & { typed: string; onType: (typed: string) => void }) {
  const { client } = useSession()
  const places = (usePoll(client.territories, minute, lang.value) ?? []).filter((t) => t.kind !== 'machine').sort(byPlace)
  const w = words.value
  useEffect(() => {
    const timer = setTimeout(() => onAsk({ q: typed.trim() }), pause)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <form class="people-search" role="search" onSubmit={(event) => event.preventDefault()}>
      <label class="q">
        {w.people.search}
        <input type="search" name="q" maxLength={100} autocomplete="off" value={typed} onInput={(e) => onType(e.currentTarget.value)} />
      </label>
      <label>
        {w.people.where}
        <select name="place" value={asked.place ?? ''} onChange={(e) => onAsk({ place: e.currentTarget.value })}>
          <option value="">{w.people.everywhere}</option>
          {places.map((t) => (
            <option key={t.path} value={t.path}>
              {'\u2003'.repeat(depthOf(t.path, places)) + t.name}
            </option>
          ))}
        </select>
      </label>
      <div class="chips">
        <button type="button" class="chip" aria-pressed={asked.present === 'true'} onClick={() => onAsk({ present: asked.present ? undefined! : 'true' })}>
          {w.people.presentOnly}
        </button>
        {(['skill', 'appetence'] as const).map(
          (by) =>
            asked[by] && (
              <button type="button" class="chip" key={by} aria-pressed="true" title={w.people.remove} onClick={() => onAsk({ [by]: undefined })}>
                {by === 'skill' ? w.people.knows : w.people.wishes} : {asked[by]} ×
              </button>
            ),
        )}
      </div>
    </form>
  )
}

/** Whom the directory shows, those who are here first. */
function Found({ desk, asked, onAsk, onInstead }: SearchProps & { desk: Desk; onInstead: (skill: string) => void }) {
  const query = Object.fromEntries(Object.entries(asked).filter(([, value]) => value)) as Asked
  const key = JSON.stringify([query, lang.value])
  const { value, failed, again } = useReading(() => desk.people(query), key)
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && again(), minute)
    return () => clearInterval(timer)
  }, [again])
  const w = words.value
  if (failed && !value) {
    return (
      <Unavailable text={w.unreachable}>
        <button type="button" class="key" onClick={again}>
          {w.people.retry}
        </button>
      </Unavailable>
    )
  }
  if (!value) return <p class="quiet waiting">{w.loading}</p>
  return (
    <section class="colleagues" aria-label={w.pages.people}>
      <p class="quiet" role="status">
        {value.people.length > 0 ? w.people.found(value.people.length) : asked.q ? w.people.nothingFor(asked.q) : w.people.none} {value.more && w.people.more}
      </p>
      {value.people.length === 0 && asked.q && <Instead desk={desk} onSkill={onInstead} />}
      <ul>
        {value.people.map((one) => (
          <PersonRow key={one.id} person={one} onSkill={(skill) => onAsk({ skill, appetence: undefined! })} onWish={(appetence) => onAsk({ appetence, skill: undefined! })} />
        ))}
      </ul>
    </section>
  )
}
