import type { Me, Post } from '../api/types'
import { isDecided, waitsFor } from '../course/course'
import { byBurning, byEnd, byUrgency, endOf, inHand, isAsleep, isOfGroup, isOpen, isSaid, lingers, within } from '../feed/order'
import { shiftStart } from './shift'

/** The posts of a place, each where whoever steers it looks for it. */
export type Board = {
  take: Post[]
  hand: Post[]
  asleep: Post[]
  decide: Post[]
  ended: Post[]
  runs: Post[]
  news: Post[]
  handovers: Post[]
}

export function boardOf(posts: Iterable<Post>, root: string, now: number, me?: Me): Board {
  const board: Board = { take: [], hand: [], asleep: [], decide: [], ended: [], runs: [], news: [], handovers: [] }
  const over: Post[] = []
  const sheets: Post[] = []
  for (const post of posts) {
    if (post.sheet) sheets.push(post)
    // Of a filter what is put to the places above holds too; groups have their own page.
    if (isOfGroup(post) || !(within(post.territory, root) || (isSaid(post) && within(root, post.territory)))) continue
    if (!isOpen(post.state) && !lingers(post)) over.push(post)
    else board[standOf(post)].push(post)
  }
  const began = new Map<string, number>()
  const startAt = (place: string): number => {
    const known = began.get(place) ?? shiftStart(place, sheets, now)
    began.set(place, known)
    return known
  }
  board.ended = over.filter((p) => Date.parse(endOf(p)) >= startAt(p.territory)).sort(byEnd)
  board.take.sort(byBurning)
  for (const list of [board.hand, board.asleep, board.runs, board.news, board.handovers]) list.sort(byUrgency)
  board.decide.sort(byWaiting(me))
  return board
}

/** What waits for this person first, then what is late, then what moved last. */
const byWaiting = (me: Me | undefined) => (a: Post, b: Post): number => {
  const rank = (post: Post): number => (me && waitsFor(post, me) ? 0 : post.talk?.course?.overdue ? 1 : 2)
  return rank(a) - rank(b) || byUrgency(a, b)
}

/** Where an open post stands. */
function standOf(post: Post): Exclude<keyof Board, 'ended'> {
  if (post.kind === 'production') return 'runs'
  if (post.kind === 'handover') return 'handovers'
  if (post.kind === 'good-news' || isSaid(post)) return 'news'
  if (isAsleep(post)) return 'asleep'
  if (isDecided(post)) return 'decide'
  // What is told for information, as what sells well, asks nobody to take it.
  if (post.state === 'new' && post.severity === 'info') return 'news'
  return inHand(post) ? 'hand' : 'take'
}

/** The same posts by the hour in which they ended. */
export function byHour(posts: readonly Post[], title: (hour: number) => string): { title: string; posts: Post[] }[] {
  const groups = new Map<number, Post[]>()
  for (const post of posts) {
    const hour = new Date(endOf(post)).getHours()
    groups.set(hour, [...(groups.get(hour) ?? []), post])
  }
  return [...groups].map(([hour, posts]) => ({ title: title(hour), posts }))
}
