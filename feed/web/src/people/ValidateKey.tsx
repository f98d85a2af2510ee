import { useState } from 'preact/hooks'
import type { Colleague, Skill } from '../api/people'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import type { Desk } from './desk'
import { useDoing } from './doing'

type Props = { desk: Desk; person: Colleague; skill: Skill; onChange: (person: Colleague) => void }

/** Confirms somebody's skill, for as long as an authorisation holds. */
export function ValidateKey({ desk, person, skill, onChange }: Props) {
  const [years, setYears] = useState(0)
  const { say } = useSession()
  const attempt = useDoing()
  const p = words.value.people
  const validate = (): void => {
    const end = years > 0 ? yearsFrom(new Date(), years).toISOString() : undefined
    attempt(
      () => desk.validate(person.id, skill.name, end),
      (now) => {
        onChange(now)
        say({ text: words.peek().people.didValidate(skill.name) })
      },
    )
  }
  return (
    <div class="validate">
      <label>
        {p.validity}
        <select value={String(years)} onChange={(e) => setYears(Number(e.currentTarget.value))}>
          {Object.entries(p.validities).map(([n, label]) => (
            <option key={n} value={n}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="key" aria-label={p.validateOf(skill.name, person.name)} onClick={validate}>
        {p.validate}
      </button>
    </div>
  )
}

function yearsFrom(day: Date, years: number): Date {
  const end = new Date(day)
  end.setFullYear(end.getFullYear() + years)
  return end
}
