import type { Post } from '../api/types'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatTime, now } from '../i18n/time'

const named = 3

/** Of a post of several: what happened first, and how many came with it. */
export function FirstOut({ post }: { post: Post }) {
  const w = words.value
  const first = firstOf(post, w, now.value)
  if (!first) return null
  const others = othersOf(post)
  return (
    <p class="first-out">
      <b>{asRead(first)}</b> {others > 0 && w.living.others(others)}
    </p>
  )
}

/** "Première : Remplisseuse 2 · 07:42"; all that happened at that instant are first. */
export function firstOf(post: Post, w: Words, to: number): string | undefined {
  const firsts = (post.members ?? []).filter((m) => m.first)
  if (firsts.length === 0) return undefined
  const time = formatTime(w, firsts[0]!.at, to)
  const names = [...new Set(firsts.map((m) => m.name))]
  const said = names.slice(0, named).join(', ') + (names.length > named ? '…' : '')
  return names.length === 1 ? w.living.first(said, time) : w.living.firsts(said, time)
}

/** The conditions of a post that are not its first. */
export const othersOf = (post: Post): number =>
  Math.max(post.total ?? 0, post.members?.length ?? 0) - (post.members ?? []).filter((m) => m.first).length
