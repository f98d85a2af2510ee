import type { Person } from '../api/types'
import { words } from '../i18n/lang'
import { RoleIcon } from './RoleIcon'

/** The people one may sign in as, as large tiles. */
export function People({ people, onPick }: { people: Person[]; onPick: (person: Person) => void }) {
  const w = words.value
  return (
    <section class="people">
      <h1>{w.signInTitle}</h1>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <button type="button" class="person" onClick={() => onPick(person)}>
              <RoleIcon role={person.role} />
              <b>{person.name}</b>
              <span>{w.role[person.role]}</span>
              <span class="place">{person.place}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
