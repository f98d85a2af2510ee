import type { Post } from '../api/types'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { route } from '../shell/route'
import { byHour, type Board } from './board'
import { Column } from './Column'
import { Earlier } from './Earlier'
import { place } from './place'

/** One column before it is drawn. */
type Heading = { title: string; short?: string; count: number; posts: Post[]; empty: string; groups?: { title: string; posts: Post[] }[] }

/** The four columns of a board, in the order in which one asks. */
export function columnsOf(board: Board, w: Words): Heading[] {
  const { take, hand, asleep, decide, ended } = board
  const held = [{ title: '', posts: hand }, ...(asleep.length ? [{ title: w.living.asleep, posts: asleep }] : [])]
  return [
    { title: w.toTake, count: take.length, posts: take, empty: w.steer.nothingToTake },
    { title: w.inHand, count: hand.length, posts: hand, empty: w.nothingHere, groups: held },
    { title: w.steer.toDecide, count: decide.length, posts: decide, empty: w.steer.nothingToDecide },
    { title: w.steer.endedShift, short: w.endedShort, count: ended.length, posts: ended, empty: w.nothingHere, groups: byHour(ended, w.hour) },
  ]
}

/** The columns side by side, or the one that is chosen on a phone. */
export function BoardColumns({ columns, tab }: { columns: Heading[]; tab: number }) {
  const at = route.value
  const opened = at.at === 'post' ? at.id : undefined
  const last = columns.length - 1
  return (
    <>
      {columns.map(({ title, posts, empty, groups }, i) => (
        <Column key={title} title={title} posts={posts} empty={empty} current={tab === i} {...(groups && { groups })} {...(opened && { opened })}>
          {i === last && <Earlier key={`${place.value} ${words.value.locale}`} territory={place.value} shown={posts} />}
        </Column>
      ))}
    </>
  )
}
