import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { isDecided } from '../course/course'
import { isOpen } from '../feed/order'
import { lang, words } from '../i18n/lang'
import { now } from '../i18n/time'
import { isAskable } from '../post/AskKey'
import { MustReads } from '../notice/MustReads'
import { mayDecide, mayOversee } from '../post/next'
import { FeedState } from '../shell/FeedState'
import { NewPosts } from '../shell/NewPosts'
import { usePoll } from '../shell/poll'
import { useSession } from '../shell/session'
import { TopBar } from '../shell/TopBar'
import { Asking, type Wish } from './Asking'
import { boardOf } from './board'
import { BoardColumns, columnsOf } from './BoardColumns'
import { useFirst, useKeys, type Letters } from './keys'
import { place } from './place'
import { Strip } from './Strip'
import { Tabs } from './Tabs'
import { TerritoryFilter } from './TerritoryFilter'
import { Tools } from './Tools'
import './direct.css'
import './strip.css'

const minute = 60_000

/** *Direct*: what burns, who has it, what is to be decided, what was settled. */
export function DirectScreen() {
  const { me, client, feed } = useSession()
  const tab = useSignal(0)
  const wish = useSignal<Wish | undefined>(undefined)
  const main = useRef<HTMLElement>(null)
  useKeys(main, useLetters(wish))
  useFirst(main, feed.state.value === 'ready')
  useEffect(() => () => void (place.value = ''), [])
  const w = words.value
  const territories = usePoll(client.territories, minute, lang.value) ?? []
  const board = useComputed(() => boardOf(feed.posts.value.values(), place.value, now.value, me)).value
  const columns = columnsOf(board, w)
  return (
    <>
      <TopBar title={w.direct} place={me.grants.map((g) => g.name).slice(0, 2).join(' · ')}>
        <TerritoryFilter root={place} territories={territories} />
        <Tools />
      </TopBar>
      <Tabs tab={tab} titles={columns.map((c) => ({ title: c.short ?? c.title, count: c.count }))} />
      <main class="board" ref={main}>
        <NewPosts scroller={main} />
        <MustReads />
        <FeedState skeletons={4}>
          <Strip board={board} />
          <BoardColumns columns={columns} tab={tab.value} />
        </FeedState>
      </main>
      <p class="keys-hint" aria-hidden="true">
        <kbd>j</kbd> <kbd>k</kbd> {w.keyBrowse} <kbd>o</kbd> {w.keyOpen} <kbd>a</kbd> {w.steer.keyAsk} <kbd>d</kbd> {w.steer.keyDecide}{' '}
        <kbd>{w.keyEscape}</kbd> {w.keyClose}
      </p>
      <Asking wish={wish} />
    </>
  )
}

/** a asks a team, d decides an idea, where this person may. */
function useLetters(wish: { value: Wish | undefined }): Letters {
  const { me, feed } = useSession()
  return useMemo(() => {
    const open = (what: Wish['what']) => (id: string) => {
      const post = feed.posts.peek().get(id)
      if (!post) return
      const fits = what === 'ask' ? mayOversee(post, me) && isAskable(post) : isDecided(post) && isOpen(post.state) && mayDecide(post, me)
      if (fits) wish.value = { id, what }
    }
    return { a: open('ask'), d: open('decide') }
  }, [])
}
