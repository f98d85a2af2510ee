import type { Colleague, OwnCard } from '../api/people'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { AddName } from './AddName'
import type { Choices, Desk } from './desk'
import { useDoing } from './doing'
import { Known } from './Known'

type Props = { desk: Desk; person: Colleague; self: OwnCard; onChange: (person: Colleague) => void }

const levels = [1, 2, 3]

/** One's own card: what one can do, what one would like to, and what of it others see. */
export function CardForm({ desk, person, self, onChange }: Props) {
  const attempt = useDoing()
  const p = words.value.people
  return (
    <>
      {self.hints.map((hint) => (
        <section class="hint-of" key={hint.name} aria-label={hint.name}>
          <p>{p.thinks(hint.name, hint.solved)}</p>
          <div class="keys">
            <button type="button" class="key main" onClick={() => attempt(() => desk.answerHint(person.id, hint.name, true), onChange)}>
              {p.hintAdd}
            </button>
            <button type="button" class="key" onClick={() => attempt(() => desk.answerHint(person.id, hint.name, false), onChange)}>
              {p.hintNo}
            </button>
          </div>
        </section>
      ))}
      <p class="hint">{p.mineSays}</p>
      <OwnSkills desk={desk} person={person} onChange={onChange} />
      <OwnWishes desk={desk} person={person} onChange={onChange} />
      <Shows desk={desk} person={person} self={self} onChange={onChange} />
    </>
  )
}

type OwnProps = Omit<Props, 'self'>

function OwnSkills({ desk, person, onChange }: OwnProps) {
  const attempt = useDoing()
  const { say } = useSession()
  const p = words.value.people
  const drop = (name: string, level: number, expires?: string): void =>
    attempt(
      () => desk.dropSkill(person.id, name),
      (now) => {
        onChange(now)
        say({ text: p.dropped(name), action: { label: p.undo, run: () => attempt(() => desk.setSkill(person.id, name, level, expires), onChange) } })
      },
    )
  return (
    <section aria-labelledby="skills">
      <h2 id="skills">{p.skillsTitle}</h2>
      <ul class="skills">
        {person.skills.map((skill) => (
          <Known key={skill.name} skill={skill}>
            <div class="keep">
              <div class="chips" role="group" aria-label={p.levelOf(skill.name)}>
                {levels.map((level) => (
                  <button type="button" class="chip" key={level} aria-pressed={skill.level === level} onClick={() => attempt(() => desk.setSkill(person.id, skill.name, level, skill.expires), onChange)}>
                    {p.level[level]}
                  </button>
                ))}
              </div>
              <Drop name={skill.name} onDrop={() => drop(skill.name, skill.level, skill.expires)} />
            </div>
          </Known>
        ))}
      </ul>
      <AddName desk={desk} label={p.addSkill} name="skill" onAdd={(name) => attempt(() => desk.setSkill(person.id, name, 2), onChange)} />
    </section>
  )
}

function OwnWishes({ desk, person, onChange }: OwnProps) {
  const attempt = useDoing()
  const { say } = useSession()
  const p = words.value.people
  const set = (name: string, on: boolean, then: (now: Colleague) => void): void => attempt(() => desk.wish(person.id, name, on), then)
  const drop = (name: string): void =>
    set(name, false, (now) => {
      onChange(now)
      say({ text: p.dropped(name), action: { label: p.undo, run: () => set(name, true, onChange) } })
    })
  return (
    <section aria-labelledby="wishes">
      <h2 id="wishes">
        {p.wishesTitle} <span>{p.wishesSay}</span>
      </h2>
      <ul class="skills">
        {person.appetences.map((name) => (
          <li class="skill wish" key={name}>
            <b>{name}</b>
            <Drop name={name} onDrop={() => drop(name)} />
          </li>
        ))}
      </ul>
      <AddName desk={desk} label={p.addWish} name="wish" onAdd={(name) => set(name, true, onChange)} />
    </section>
  )
}

function Drop({ name, onDrop }: { name: string; onDrop: () => void }) {
  return (
    <button type="button" class="plain drop" aria-label={words.value.people.drop(name)} onClick={onDrop}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M5 5l14 14M19 5 5 19" />
      </svg>
    </button>
  )
}

/** What colleagues see, and whether Fildefer may suggest: each is the person's choice. */
function Shows({ desk, person, self, onChange }: Props) {
  const attempt = useDoing()
  const p = words.value.people
  const choices: [keyof Choices, boolean, string][] = [
    ['listed', self.listed, p.listed],
    ['open', person.open, p.open],
    ['consents', self.consents, p.consents],
  ]
  return (
    <section class="shows" aria-labelledby="shows">
      <h2 id="shows">{p.shows}</h2>
      {choices.map(([name, on, label]) => (
        <button type="button" class="switch" role="switch" key={name} aria-checked={on} onClick={() => attempt(() => desk.choose(person.id, { [name]: !on }), onChange)}>
          <span class="knob" aria-hidden="true" />
          {label}
        </button>
      ))}
      <p class="hint">{p.consentsSays}</p>
    </section>
  )
}
