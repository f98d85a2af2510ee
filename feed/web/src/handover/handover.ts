import type { Sheet } from '../api/living'
import type { Post } from '../api/types'
import { isOpen, within } from '../feed/order'

/** The sheet that the last shift of a place wrote, if it is still open; the place's own before those around it. */
export function lastHandover(posts: Iterable<Post>, place: string): Post | undefined {
  const sheets = [...posts].filter((p) => p.sheet && isOpen(p.state) && (within(place, p.territory) || within(p.territory, place)))
  const own = (p: Post): number => Number(p.territory === place)
  return sheets.sort((a, b) => own(b) - own(a) || b.opened_at.localeCompare(a.opened_at))[0]
}

/** Whether both sides signed it. */
export const isSigned = (sheet: Sheet): boolean => sheet.signed.length === 2

export type Standing = 'filable' | 'filed' | 'holds' | 'ended'

/**
 * How a post on a sheet is now. What a machine still says, no word of a person
 * ends: it goes on to the next shift.
 */
export function standingOf(post: Post | undefined, filed: string): Standing {
  if (!post) return 'ended'
  if (!isOpen(post.state)) return post.cause === filed ? 'filed' : 'ended'
  return post.author.kind === 'person' || !post.active ? 'filable' : 'holds'
}
