import type { Colleague } from '../api/people'
import { words } from '../i18n/lang'
import { pagePath } from '../shell/route'
import { doesText } from './say'
import { Standing } from './Standing'

type Props = { person: Colleague; onSkill: (skill: string) => void; onWish: (wish: string) => void }

const most = 4

/** One person of the directory; a touch on a skill asks who else has it. */
export function PersonRow({ person, onSkill, onWish }: Props) {
  const w = words.value
  const skills = person.skills.filter((s) => s.state !== 'expired').slice(0, most)
  const wishes = person.appetences.slice(0, most)
  return (
    <li class={`colleague ${person.present ? 'here' : ''}`}>
      <p class="named">
        <a href={pagePath('people', person.id)}>{person.name}</a>
        <Standing person={person} />
      </p>
      <p class="does">{doesText(person, w)}</p>
      {skills.length > 0 && (
        <p class="can">
          <b>{w.people.knows}</b>
          {skills.map((s) => (
            <button type="button" class="chip" key={s.name} onClick={() => onSkill(s.name)}>
              {s.name} <small>{w.people.level[s.level]}</small>
            </button>
          ))}
        </p>
      )}
      {wishes.length > 0 && (
        <p class="can">
          <b>{w.people.wishes}</b>
          {wishes.map((name) => (
            <button type="button" class="chip wish" key={name} onClick={() => onWish(name)}>
              {name}
            </button>
          ))}
        </p>
      )}
    </li>
  )
}
