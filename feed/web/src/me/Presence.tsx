import { useMemo, useState } from 'preact/hooks'
import type { Colleague } from '../api/people'
import { lang, words } from '../i18n/lang'
import { Desk } from '../people/desk'
import { useDoing } from '../people/doing'
import { awayText } from '../people/say'
import '../people/people.css'
import { useReading } from '../rules/reading'
import { DayField } from '../shell/DayField'
import { useSession } from '../shell/session'

/** Whether one is shown as present, and when one is away. */
export function Presence() {
  const { client, me, say } = useSession()
  const desk = useMemo(() => new Desk(client), [client])
  const { value, again } = useReading(() => desk.person(me.id), lang.value)
  const attempt = useDoing()
  const w = words.value
  const p = w.people
  if (!value) return null
  const done = (text: string) => (): void => {
    say({ text })
    again()
  }
  return (
    <section class="presence" aria-labelledby="presence">
      <h2 id="presence">{p.presence}</h2>
      <p>
        {value.present ? p.youAre : p.youAreNot} <span class="hint">{p.presenceSays}</span>
      </p>
      {value.present && (
        <button type="button" class="key" onClick={() => attempt(desk.leave, done(p.left))}>
          {p.leave}
        </button>
      )}
      <h3>{p.absence}</h3>
      {value.absence ? <Announced person={value} onBack={() => attempt(desk.back, done(p.ended))} /> : <Announce desk={desk} onDone={done(p.announced)} />}
    </section>
  )
}

function Announced({ person, onBack }: { person: Colleague; onBack: () => void }) {
  const w = words.value
  return (
    <p class="announced">
      {awayText(person, w)}
      <button type="button" class="key" onClick={onBack}>
        {w.people.endAbsence}
      </button>
    </p>
  )
}

/** From when until when, and who decides meanwhile. */
function Announce({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const today = dateOf(new Date())
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState(today)
  const [delegate, setDelegate] = useState('')
  const { value: delegates } = useReading(desk.delegates, '')
  const attempt = useDoing()
  const p = words.value.people
  const announce = (event: Event): void => {
    event.preventDefault()
    const begin = new Date(`${from}T00:00`)
    const end = new Date(`${until}T00:00`)
    end.setDate(end.getDate() + 1)
    attempt(() => desk.away(begin.toISOString(), end.toISOString(), delegate), onDone)
  }
  return (
    <form class="announce" onSubmit={announce}>
      <DayField label={p.from} name="from" min={today} value={from} onPick={setFrom} />
      <DayField label={p.until} name="until" min={from} value={until} onPick={setUntil} />
      <label>
        {p.delegate}
        <select name="delegate" value={delegate} onChange={(e) => setDelegate(e.currentTarget.value)}>
          <option value="">{p.nobody}</option>
          {(delegates ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="key main" disabled={!from || !until}>
        {p.announce}
      </button>
    </form>
  )
}

/** The day where the person is, as a date field says it. */
const dateOf = (day: Date): string => new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
