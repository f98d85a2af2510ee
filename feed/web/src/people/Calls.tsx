import { useState } from 'preact/hooks'
import type { HelpCall } from '../api/people'
import { words } from '../i18n/lang'
import { formatTime, now } from '../i18n/time'
import { usePoll } from '../shell/poll'
import { postPath } from '../shell/route'
import { useSession } from '../shell/session'
import type { Desk } from './desk'
import { useDoing } from './doing'

const often = 15_000

/** The calls for a hand that wait for whoever is here, also those from next door. */
export function Calls({ desk }: { desk: Desk }) {
  const [round, setRound] = useState(0)
  const calls = usePoll(desk.calls, often, round) ?? []
  const w = words.value
  if (calls.length === 0) return null
  return (
    <section class="calls" aria-label={w.people.calls}>
      <h2>{w.people.calls}</h2>
      <ul>
        {calls.map((call) => (
          <Call key={call.id} call={call} desk={desk} onDone={() => setRound((n) => n + 1)} />
        ))}
      </ul>
    </section>
  )
}

function Call({ call, desk, onDone }: { call: HelpCall; desk: Desk; onDone: () => void }) {
  const { me } = useSession()
  const attempt = useDoing()
  const w = words.value
  const own = call.taker?.member === me.id
  return (
    <li class="call">
      <div>
        <p class="what">{call.in_reading ? <a href={postPath(call.id)}>{call.text}</a> : call.text}</p>
        <p class="quiet">{w.people.call(call.author.name, call.place)}</p>
        {call.help?.skill && <p class="quiet">{w.people.wanted(call.help.skill)}</p>}
        {call.help?.at && <p class="quiet">{w.people.at(formatTime(w, call.help.at, now.value))}</p>}
      </div>
      {call.taker ? (
        <p class="taken" role="status">
          {own ? w.people.youCome : w.people.comes(call.taker.name)}
        </p>
      ) : (
        <button type="button" class="key main" aria-label={w.people.comeTo(call.text)} onClick={() => attempt(() => desk.come(call.id), onDone, onDone)}>
          {w.people.come}
        </button>
      )}
    </li>
  )
}
