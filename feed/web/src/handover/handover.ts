import type { Sheet, Side } from '../api/living'
import type { Post } from '../api/types'
import { isOpen, within } from '../feed/order'

/** The sheet that the last shift of a place wrote, if it is still open; the place's own before those around it. */
export function lastHandover(posts: Iterable<Post>, place: string): Post | undefined {
  const sheets = [...posts].filter((p) => p.sheet && isOpen(p.state) && (within(place, p.territory) || within(p.territory, place)))
  const own = (p: Post): number => Number(p.territory === place)
  return sheets.sort((a, b) => own(b) - own(a) || b.opened_at.localeCompare(a.opened_at))[0]
}

const sides: Side[] = ['given', 'received']
/** For how long whoever left may still say that they handed over. */
const late = 2 * 3_600_000

/** The sides that are still to be signed: long after a shift there is nobody left to hand it over. */
export const unsigned = (sheet: Sheet, now: number): Side[] =>
  sides.filter((side) => !sheet.signed.some((s) => s.side === side) && (side === 'received' || now < Date.parse(sheet.end) + late))

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
