import type { Post } from '../api/types'
import { isCalm, isOpen } from '../feed/order'
import type { Words } from '../i18n/fr'
import { readAs } from '../i18n/offered'
import { formatTime } from '../i18n/time'
import { roleWord } from './role'

/** Each thing that is true, in the order in which it matters. */
export function livingOf(post: Post, w: Words, to: number): [kind: string, text: string][] {
  const l = w.living
  const says: [string, string][] = []
  if (post.audience) says.push(['audience', l[post.audience]])
  if (post.shelf && isOpen(post.state)) says.push(['shelf', shelfOf(post.shelf, w, to)])
  if (post.unstable) says.push(['unstable', l.unstable(post.flips ?? 0)])
  if (post.asked && isOpen(post.state)) says.push(['asked', l.asked(roleWord(post.asked, w))])
  if (post.noise) says.push(['noise', l.noisy(post.noise)])
  if (post.previous && !isCalm(post)) says.push(['previous', l.goesOn])
  return says
}

function shelfOf(shelf: NonNullable<Post['shelf']>, w: Words, to: number): string {
  const l = w.living
  const name = shelf.by.name
  const state = shelf.once ? l.asleepOnce(name) : shelf.until ? l.asleepUntil(formatTime(w, shelf.until, to), name) : l.outOfService(name)
  return `${state} · ${readAs(shelf.reason, w)}`
}
