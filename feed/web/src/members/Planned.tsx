import type { PeoplePlan, PlannedPerson } from '../api/rights'
import type { Grant } from '../api/types'
import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'

const shown = 12

type Props = { plan: PeoplePlan; busy: boolean; onBring: () => void }

/** Whom a file adds and what it changes of others, then the key that does it. */
export function Planned({ plan, busy, onBring }: Props) {
  const b = words.value.rights.bring
  if (plan.new.length + plan.changed.length === 0) return <p class="quiet">{b.nothing}</p>
  return (
    <>
      <Some title={b.changing} people={plan.changed} />
      <Some title={b.arriving} people={plan.new} />
      <button type="button" class="key main" disabled={busy} onClick={onBring}>
        {b.bring}
      </button>
    </>
  )
}

/** The first of them, and the others on demand: who imports answers for each. */
function Some({ title, people }: { title: string; people: PlannedPerson[] }) {
  const [all, setAll] = useState(false)
  if (people.length === 0) return null
  const rest = people.length - shown
  return (
    <div class="planned-people">
      <h3>{title}</h3>
      <ul class="planned">
        {(all ? people : people.slice(0, shown)).map((p) => (
          <li key={p.id}>
            <b>{p.name}</b> <code>{p.id}</code> <Changes person={p} />
          </li>
        ))}
      </ul>
      {rest > 0 && !all && (
        <button type="button" class="plain" onClick={() => setAll(true)}>
          {words.value.places.more(rest)}
        </button>
      )}
    </div>
  )
}

/** What somebody is from then on, and no longer. */
function Changes({ person }: { person: PlannedPerson }) {
  const { rights, role } = words.value
  const named = (grants: Grant[]): string => grants.map((g) => rights.sheetRole(role[g.role], g.name)).join(', ')
  const back = person.fields.includes('return')
  const others = person.fields.filter((f) => f !== 'return').map((f) => rights.bring.fields[f] ?? f)
  return (
    <>
      {back && <span class="back">{rights.bring.back}</span>}
      {person.given.length > 0 && <span>{rights.bring.gives(named(person.given))}</span>}
      {person.taken.length > 0 && <span class="loses">{rights.bring.takes(named(person.taken))}</span>}
      {others.length > 0 && <span>{words.value.places.changes(others.join(', '))}</span>}
    </>
  )
}
