import type { Role } from '../api/types'
import type { Words } from '../i18n/fr'

/** A role as it stands inside a sentence; what is not a role is left as it is. */
export function roleWord(role: string, w: Words): string {
  const word = w.role[role.replace(/^@|^role:/, '') as Role]
  return word ? word.charAt(0).toLocaleLowerCase(w.locale) + word.slice(1) : role
}
