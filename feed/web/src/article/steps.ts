import type { Me, Post } from '../api/types'
import { isOpen } from '../feed/order'

/** The stations of a stock-out, from its report to the full shelf. */
export const stations = ['reported', 'taken', 'backroom', 'ordered', 'shelved'] as const
export type Station = (typeof stations)[number]

/** Whether a post is a stock-out that people bring to its end. */
export const hasSteps = (post: Post): boolean => post.sku !== undefined && post.topic === 'stock'

/** Which stations a stock-out has passed. */
export function passed(post: Post): Set<Station> {
  const done = new Set<Station>(['reported'])
  if (post.taker || post.state !== 'new') done.add('taken')
  for (const { step } of post.steps ?? []) done.add(step)
  if (!isOpen(post.state)) done.add('shelved')
  return done
}

/** The station that comes next: the back room comes before the order, and what was passed over is not asked for again. */
export function nextStation(post: Post): Exclude<Station, 'reported'> | undefined {
  if (!isOpen(post.state)) return undefined
  const done = passed(post)
  if (!done.has('taken')) return 'taken'
  if (done.has('ordered')) return 'shelved'
  return done.has('backroom') ? 'ordered' : 'backroom'
}

/** Whether it is this person who reported it, and nobody has it yet. */
export const isMine = (post: Post, me: Me): boolean => post.author.member === me.id && post.state === 'new'
