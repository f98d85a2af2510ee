import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Post } from '../api/types'
import { byTaking, byUrgency, inHand, isAsleep, isCalm, isOpen, within } from '../feed/order'
import { lang, words } from '../i18n/lang'
import { now } from '../i18n/time'
import { HeldList } from '../held/HeldList'
import { FeedState } from '../shell/FeedState'
import { NewPosts } from '../shell/NewPosts'
import { usePoll } from '../shell/poll'
import { keepsRules, useSession } from '../shell/session'
import { TopBar } from '../shell/TopBar'
import { Column } from './Column'
import { byCalm } from './calm'
import { byHour, endedToday } from './ended'
import { useKeys } from './keys'
import { Sources } from './Sources'
import { Tabs } from './Tabs'
import { TerritoryFilter } from './TerritoryFilter'
import './direct.css'

const minute = 60_000

type Board = { title: string; short?: string; posts: Post[]; groups?: ReturnType<typeof byHour> }

const idea = (post: Post): boolean => post.kind === 'idea' && isOpen(post.state)
/** What asks nothing now, in the third column. */
const calm = (post: Post): boolean => isOpen(post.state) && (idea(post) || isCalm(post) || isAsleep(post))

/** *Direct*: what burns, who has it, what is proposed, what was settled. */
export function DirectScreen() {
  const { me, client, feed } = useSession()
  const root = useSignal('')
  const tab = useSignal(0)
  const board = useRef<HTMLElement>(null)
  useKeys(board)
  const w = words.value
  const territories = usePoll(client.territories, minute, lang.value) ?? []
  const posts = [...feed.posts.value.values()].filter((p) => within(p.territory, root.value))
  const ended = endedToday(posts, now.value)
  const columns: Board[] = [
    { title: w.toTake, posts: posts.filter((p) => p.state === 'new' && !calm(p)).sort(byTaking) },
    { title: w.inHand, posts: posts.filter((p) => inHand(p) && !calm(p)).sort(byUrgency) },
    { title: w.forInformation, posts: posts.filter(calm), groups: byCalm(posts.filter(calm), w) },
    { title: w.ended, short: w.endedShort, posts: ended, groups: byHour(ended, w.hour) },
  ]
  return (
    <>
      <TopBar title={w.direct} place={me.grants.map((g) => g.name).slice(0, 2).join(' · ')}>
        <TerritoryFilter root={root} territories={territories} />
        <div class="tools">
          <HeldList territory={root.value} />
          <Sources />
          {keepsRules(me) && (
            <a class="plain" href="/rules">
              {w.rules.title}
            </a>
          )}
          {me.grants.some((g) => g.role !== 'admin') && (
            <a class="plain" href="/report">
              {w.report}
            </a>
          )}
        </div>
      </TopBar>
      <Tabs tab={tab} titles={columns.map((c) => ({ title: c.short ?? c.title, count: c.posts.length }))} />
      <main class="board" ref={board}>
        <NewPosts scroller={board} />
        <FeedState skeletons={4}>
          {columns.map((column, i) => (
            <Column key={i} {...column} current={tab.value === i} />
          ))}
        </FeedState>
      </main>
      <p class="keys-hint" aria-hidden="true">
        <kbd>j</kbd> <kbd>k</kbd> {w.keyBrowse} <kbd>o</kbd> {w.keyOpen} <kbd>{w.keyEscape}</kbd> {w.keyClose}
      </p>
    </>
  )
}
