import type { Role } from '../api/types'
import type { Words } from '../i18n/fr'

/** A role or a team as it stands inside a sentence; what is neither is left as it is. */
export function roleWord(role: string, w: Words): string {
  const bare = role.replace(/^@|^role:/, '')
  const word = w.steer.team[bare] ?? w.role[bare as Role]
  return word ? word.charAt(0).toLocaleLowerCase(w.locale) + word.slice(1) : role
}
