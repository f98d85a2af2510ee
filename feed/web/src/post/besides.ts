import type { Me, Post } from '../api/types'
import { courseChips } from '../course/course'
import { isCalm, isOpen, isSilenced } from '../feed/order'
import type { Words } from '../i18n/fr'
import { readAs } from '../i18n/offered'
import { timeAndDay } from '../i18n/time'
import { roleWord } from './role'

/** Each thing that is true, in the order in which it matters. */
export function livingOf(post: Post, w: Words, to: number, me?: Me): [kind: string, text: string][] {
  const l = w.living
  const says: [string, string][] = []
  if (post.audience) says.push(['audience', l[post.audience]])
  if (post.shelf && isSilenced(post, to)) says.push(['shelf', shelfOf(post.shelf, w, to)])
  if (post.unstable) says.push(['unstable', l.unstable(post.flips ?? 0)])
  if (post.asked && isOpen(post.state)) says.push(['asked', askedOf(post.asked, post.asked_by, w)])
  says.push(...courseChips(post, me, w, to))
  if (post.talk?.pin && Date.parse(post.talk.pin.until) > to) {
    says.push(['pinned', w.life.help.pinned(post.talk.pin.by.name, w.until(...timeAndDay(w, post.talk.pin.until, to)))])
  }
  if (post.talk?.nudged_at && post.state === 'new') says.push(['nudged', w.life.help.nudgedAt(w.at(...timeAndDay(w, post.talk.nudged_at, to)))])
  if (post.noise) says.push(['noise', l.noisy(post.noise)])
  if (post.previous && !isCalm(post)) says.push(['previous', l.goesOn])
  return says
}

function askedOf(asked: string, by: string | undefined, w: Words): string {
  const role = roleWord(asked, w)
  return by ? w.steer.askedBy(role, by) : w.living.asked(role)
}

function shelfOf(shelf: NonNullable<Post['shelf']>, w: Words, to: number): string {
  const l = w.living
  const name = shelf.by.name
  const state = shelf.once ? l.asleepOnce(name) : shelf.until ? l.asleepUntil(w.until(...timeAndDay(w, shelf.until, to)), name) : l.outOfService(name)
  return `${state} · ${readAs(shelf.reason, w)}`
}

/** What to tell of a shelf just set: of what ended meanwhile, that it is for the next ones. */
export function shelvedText(post: Post, w: Words, to: number): string {
  const until = post.shelf?.until
  return isOpen(post.state) || !until ? w.living.shelved : w.living.nextAsleep(w.until(...timeAndDay(w, until, to)))
}
