import type { Colleague } from '../api/people'
import { words } from '../i18n/lang'
import { awayText } from './say'

/** Whether somebody is here, or away and who stands in: never since when. */
export function Standing({ person }: { person: Colleague }) {
  const w = words.value
  const away = awayText(person, w)
  return (
    <>
      {person.present && (
        <span class="present">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="7" />
          </svg>
          {w.people.present}
        </span>
      )}
      {away && <span class="away">{away}</span>}
    </>
  )
}
