import { useEffect, useState } from 'preact/hooks'
import type { Mentionable } from '../api/talk'
import { words } from '../i18n/lang'
import type { Words } from '../i18n/fr'
import { useSession } from '../shell/session'
import { Voice } from './voice'

/** One of those who may be called: what is written after the @, and what is said of them. */
export type Option = { says: string; note: string; person?: string; role?: string }

/** What there is to choose; undefined while it is asked for, away where it cannot be. */
export type Offers = Option[] | 'away' | undefined

const pause = 120

/** Whom the letters typed after an @ may mean, asked for once somebody has paused. */
export function useOffers(post: string, q: string | undefined): Offers {
  const { client } = useSession()
  const [offers, setOffers] = useState<Offers>()
  useEffect(() => {
    if (q === undefined) return setOffers(undefined)
    let gone = false
    const timer = setTimeout(() => {
      new Voice(client).mentionable(post, q).then(
        (found) => gone || setOffers(optionsOf(found, words.peek())),
        () => gone || setOffers('away'),
      )
    }, pause)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [post, q])
  return offers
}

function optionsOf({ people, roles, skills }: Mentionable, w: Words): Option[] {
  // Few enough to be looked at: of nothing typed, a team is as likely as a person.
  const most = people.length > 0 && roles.length > 0 ? Math.max(3, 7 - roles.length) : 7
  return [
    ...people.slice(0, most).map(({ id, name }) => ({ says: name, note: '', person: id })),
    ...roles.slice(0, Math.max(0, 7 - Math.min(people.length, most))).map(({ role, name, present, total }) => ({ says: name, note: w.talk.present(present, total), role })),
    ...skills.map((skill) => ({ says: skill.replaceAll(' ', '_'), note: w.talk.skill })),
  ]
}
