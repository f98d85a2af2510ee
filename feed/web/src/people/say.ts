import { dateFormat } from '../i18n/formats'
import type { Colleague, Skill } from '../api/people'
import type { Words } from '../i18n/fr'

/** A day as one says it. */
export const dayOf = (at: string, w: Words): string => dateFormat(w.locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at))

/** The last day of an absence: it ends at midnight after it. */
export const lastDayOf = (until: string, w: Words): string => dayOf(new Date(Date.parse(until) - 1).toISOString(), w)

/** "Absent jusqu’au 12 mars, remplacé par Paul". */
export function awayText({ absence }: Colleague, w: Words): string | undefined {
  if (!absence) return undefined
  const p = w.people
  const when = absence.now ? p.absentUntil(lastDayOf(absence.until, w)) : p.absentFrom(dayOf(absence.from, w))
  return absence.delegate ? `${when}, ${p.replacedBy(absence.delegate.name)}` : when
}

/** "Conduite de ligne, maintenance · Ligne 3". */
export function doesText({ places, functions }: Colleague, w: Words): string {
  const roles = places.map((g) => w.role[g.role])
  const does = [...new Set([...roles, ...functions.map((f) => w.people.functions[f] ?? f)])].join(', ')
  return [does, [...new Set(places.map((g) => g.name))].join(', ')].filter(Boolean).join(' · ')
}

/** "autonome, validée par Sofia, valable jusqu’au 3 mai 2027". */
export function skillText(skill: Skill, w: Words): string {
  const p = w.people
  const end = skill.expires && { valid: p.validUntil, soon: p.soon, expired: p.expired }[skill.state](dayOf(skill.expires, w))
  return [p.level[skill.level], skill.validator ? p.validated(skill.validator) : p.notValidated, end].filter(Boolean).join(', ')
}
