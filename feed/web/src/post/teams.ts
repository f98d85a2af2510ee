import type { Post, PostDetail } from '../api/types'
import type { Words } from '../i18n/fr'
import { roleWord } from './role'

const usual = ['lead', 'maintenance', 'quality']
const mostTeams = 7

/** A role and what it is called. */
export type Team = { role: string; name: string }

/**
 * Whom one may ask. A card knows the owner of its rule; the detail, where it
 * has come, adds its teams behind those, so that no chip moves under a finger.
 */
export function teamsOf(post: Post | PostDetail, w: Words): Team[] {
  const own = [post.owner ?? '', ...usual].map((role) => role.replace(/^@/, ''))
  const known = new Map<string, Team>()
  for (const role of [...own, ...('teams' in post ? post.teams : [])]) {
    const name = roleWord(role, w)
    if (role && !known.has(name)) known.set(name, { role, name })
  }
  return [...known.values()].slice(0, mostTeams)
}
