import type { Post } from '../api/types'
import type { Words } from '../i18n/fr'
import { formatTime } from '../i18n/time'

const named = 3

/** How many conditions were ever in a post; of one it is the post itself. */
export const totalOf = (post: Post): number => Math.max(post.total ?? 0, post.members?.length ?? 0)

/** "Première : Remplisseuse 2 · 07:42"; all that happened at that instant are first. */
export function firstOf(post: Post, w: Words, to: number): string | undefined {
  const firsts = (post.members ?? []).filter((m) => m.first)
  if (firsts.length === 0 || totalOf(post) < 2) return undefined
  const time = formatTime(w, firsts[0]!.at, to)
  const names = [...new Set(firsts.map((m) => m.name))]
  const said = names.slice(0, named).join(', ') + (names.length > named ? '…' : '')
  return names.length === 1 ? w.living.first(said, time) : w.living.firsts(said, time)
}

/** The conditions of a post that are not its first. */
export const othersOf = (post: Post): number => totalOf(post) - (post.members ?? []).filter((m) => m.first).length
