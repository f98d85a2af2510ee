import type { Me, Post } from '../api/types'
import { isAsked, isDecided, waitsFor } from '../course/course'
import { isAsleep, isCalm, isOpen, isOutOfService, within } from '../feed/order'

export type Next = 'take' | 'arrive' | 'resolve' | 'decide' | 'answer' | 'confirm' | 'wake' | 'enable'

/** The one act that is likely next for this person, if any. */
export function nextFor(post: Post, me: Me): Next | undefined {
  if (!isOpen(post.state) || isCalm(post)) return undefined
  if (isAsleep(post)) return isOutOfService(post) ? (mayOversee(post, me) ? 'enable' : undefined) : 'wake'
  if (post.latched) return 'confirm'
  if (isDecided(post)) return isAsked(post, me) ? 'answer' : mayDecide(post, me) ? 'decide' : undefined
  // Whoever called for a hand waits for somebody else.
  if (post.kind === 'help-wanted' && post.author.member === me.id) return 'resolve'
  if (post.state === 'new') return 'take'
  return post.state === 'taken' && post.taker?.member === me.id ? 'arrive' : 'resolve'
}

/** Whom its step waits for; of what has not begun its way, whoever oversees the place. */
export const mayDecide = (post: Post, me: Me): boolean => (post.talk?.course ? waitsFor(post, me) : mayOversee(post, me))

/** Whoever oversees the place. */
export const mayOversee = (post: Post, me: Me): boolean =>
  me.grants.some((g) => (g.role === 'manager' || g.role === 'lead') && within(post.territory, g.territory))
