import { useMemo, useState } from 'preact/hooks'
import type { Colleague } from '../api/people'
import { Refusal } from '../api/request'
import { lang, words } from '../i18n/lang'
import { useReading } from '../rules/reading'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { CardForm } from './CardForm'
import { Desk } from './desk'
import { Known } from './Known'
import { doesText } from './say'
import { Standing } from './Standing'
import { ValidateKey } from './ValidateKey'
import './people.css'

/** One person's card: one's own is where it is kept. */
export function PersonPage({ id }: { id: string }) {
  const page = useFocus<HTMLElement>()
  const { client } = useSession()
  const desk = useMemo(() => new Desk(client), [client])
  const [error, setError] = useState<unknown>()
  const read = (): Promise<Colleague> =>
    desk.person(id).catch((err: unknown) => {
      setError(err)
      throw err
    })
  const { value: person, failed, put } = useReading(read, `${id} ${lang.value}`)
  const w = words.value
  const title = person?.name ?? w.pages.people
  return (
    <main class="page directory" ref={page} tabIndex={-1} aria-label={title}>
      <PageTop title={title} back="/people" />
      <LastNews />
      <div class="people-body">
        {failed && !person && <Unavailable text={error instanceof Refusal ? w.people.missing : w.unreachable} />}
        {!failed && !person && <p class="quiet waiting">{w.loading}</p>}
        {person && (
          <>
            <section class="sheet-of" aria-label={person.name}>
              <p class="named">
                <Standing person={person} />
              </p>
              <p class="does">{doesText(person, w)}</p>
            </section>
            {person.self ? <CardForm desk={desk} person={person} self={person.self} onChange={put} /> : <Shown desk={desk} person={person} onChange={put} />}
          </>
        )}
      </div>
    </main>
  )
}

type ShownProps = { desk: Desk; person: Colleague; onChange: (person: Colleague) => void }

/** What a colleague shows. */
function Shown({ desk, person, onChange }: ShownProps) {
  const p = words.value.people
  if (!person.open) return <p class="quiet">{p.hidden}</p>
  return (
    <>
      <section aria-labelledby="skills">
        <h2 id="skills">{p.skillsTitle}</h2>
        {person.skills.length === 0 && <p class="quiet">{p.noSkills}</p>}
        <ul class="skills">
          {person.skills.map((skill) => (
            <Known key={skill.name} skill={skill}>
              {person.validates && <ValidateKey desk={desk} person={person} skill={skill} onChange={onChange} />}
            </Known>
          ))}
        </ul>
      </section>
      <section aria-labelledby="wishes">
        <h2 id="wishes">
          {p.wishesTitle} <span>{p.wishesSay}</span>
        </h2>
        {person.appetences.length === 0 && <p class="quiet">{p.noWishes}</p>}
        <ul class="skills">
          {person.appetences.map((name) => (
            <li class="skill" key={name}>
              <b>{name}</b>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
