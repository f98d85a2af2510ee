import type { Post } from '../api/types'
import { byEnd, isOpen } from './order'

export type Posts = ReadonlyMap<string, Post>

/** Of each post the version with the higher change number is kept. */
export function merge(known: Posts, incoming: readonly Post[]): Posts {
  const next = new Map(known)
  for (const post of incoming) {
    const old = next.get(post.id)
    if (!old || post.change > old.change) next.set(post.id, withCurve(post, old))
  }
  return next.size === known.size && incoming.every((p) => next.get(p.id) === known.get(p.id)) ? known : next
}

/**
 * A full reading replaces what was known, but for what changed after it: a
 * change that overtook the reading on the stream is newer than its number.
 */
export function replace(known: Posts, reading: readonly Post[], change: number): Posts {
  const newer = [...known.values()].filter((p) => p.change > change)
  return merge(new Map(reading.map((p) => [p.id, p])), newer)
}

/**
 * What is over is kept only as far as a screen shows it: the oldest goes, so
 * that a screen nobody touches for a week holds no more than on its first day.
 */
export function bounded(known: Posts, ended: number): Posts {
  const over = [...known.values()].filter((p) => !isOpen(p.state))
  if (over.length <= ended) return known
  const next = new Map(known)
  for (const post of over.sort(byEnd).slice(ended)) next.delete(post.id)
  return next
}

/** A change that comes without its curve does not erase the one on screen. */
function withCurve(post: Post, old?: Post): Post {
  return post.series || !old?.series ? post : { ...post, series: old.series }
}
