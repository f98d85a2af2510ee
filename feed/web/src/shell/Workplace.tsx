import { computed, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Client } from '../api/client'
import type { Me, Post } from '../api/types'
import { Feed } from '../feed/feed'
import { isTyping } from '../offline/typing'
import { keepFeed, type Snapshot } from '../offline/snapshot'
import { kept } from '../offline/kept'
import { updateReady, update } from '../offline/worker'
import { effectsOf } from '../outbox/effect'
import type { Outbox } from '../outbox/outbox'
import { lang, words } from '../i18n/lang'
import { PostPage } from '../post/PostPage'
import { Notices } from './Notices'
import { ArticlePage, homes, pages } from './pages'
import { go, pageNames, route, under, type PageName } from './route'
import { homeOf, keepsRules, SessionContext, type Home, type Message, type Session } from './session'
import { Unavailable } from './Unavailable'

type Props = { me: Me; client: Client; outbox: Outbox; last?: Snapshot | undefined; onLeave: (expired: boolean) => void }

/** The screens of a signed-in person: their home, and pages laid over it. */
export function Workplace({ me, client, outbox, last, onLeave }: Props) {
  const message = useSignal<Message | undefined>(undefined)
  const session = useMemo<Session>(
    () => ({
      me,
      client,
      feed: new Feed(client, () => onLeave(true), { last, queued: queuedBy(me, outbox) }),
      outbox,
      say: (next) => (message.value = next),
      expired: () => onLeave(true),
      asPerson: (act) => act(),
      signOut: () => {
        const left = (): void => {
          go('/')
          onLeave(false)
        }
        client.signOut().then(left, () => (message.value = { text: words.peek().notSent, grave: true }))
      },
    }),
    [],
  )
  useFeed(session.feed)
  useSilence(session.feed)
  useOutbox(session)
  useUpdate(session)
  const home = homeOf(me)
  useDensity(home === 'line')
  useTitle(home)
  if (!home) return <Unavailable text={words.value.nowhere} />
  const Home = homes[home]
  const at = route.value
  const name = pageOf(at.at === 'post' ? under.value.slice(1) : at.at, me)
  const Page = name && pages[name]
  // On the desktop a post is a panel beside the board, which stays in use.
  const covered = Page !== undefined || at.at === 'article' || (at.at === 'post' && home !== 'direct')
  return (
    <SessionContext.Provider value={session}>
      <div class={`home ${home}`} inert={covered}>
        <Home />
      </div>
      {Page && <Page />}
      {at.at === 'article' && <ArticlePage key={at.sku} sku={at.sku} />}
      {at.at === 'post' && <PostPage key={at.id} id={at.id} panel={home === 'direct'} />}
      <Notices message={message} />
    </SessionContext.Provider>
  )
}

/** The page of that name, if there is one that the person may open. */
function pageOf(name: string, me: Me): PageName | undefined {
  const page = pageNames.find((known) => known === name)
  return page === 'rules' && !keepsRules(me) ? undefined : page
}

// Titles are rendered by the server: another language is another reading.
function useFeed(feed: Feed): void {
  useEffect(() => {
    void feed.start()
    return () => feed.stop()
  }, [feed, lang.value])
}

function useTitle(home: Home | undefined): void {
  const w = words.value
  useEffect(() => void (document.title = home ? `${w[home]} · ${w.product}` : w.product), [home, w])
}

const queuedBy = (me: Me, outbox: Outbox) =>
  computed(() => effectsOf(outbox.mine.value, { kind: 'person', name: me.name, member: me.id }))

/** What waits leaves when the line is back, and its answers are news. */
function useOutbox({ feed, outbox }: Session): void {
  useEffect(() => {
    outbox.titleOf = (post) => feed.posts.peek().get(post)?.title ?? ''
    outbox.heard = (answer) => {
      if (isPost(answer)) feed.confirm(answer)
    }
    return keepFeed(feed, kept)
  }, [feed, outbox])
  const live = feed.link.value === 'live'
  useEffect(() => void (live && outbox.drain()), [live])
}

const isPost = (answer: unknown): answer is Post => typeof answer === 'object' && answer !== null && 'change' in answer && 'state' in answer

/** Offers a newer version where nothing typed would be lost to it. */
function useUpdate({ outbox, say }: Session): void {
  const ready = updateReady.value
  useEffect(() => {
    const w = words.peek().outbox
    if (ready && !isTyping() && outbox.items.peek().length === 0) say({ text: w.update, action: { label: w.updateNow, run: update } })
  }, [ready])
}

/** Values that nothing confirms any more are not shown as living ones. */
function useSilence(feed: Feed): void {
  const silent = feed.silentSince.value !== undefined
  useEffect(() => {
    document.documentElement.toggleAttribute('data-silent', silent)
    return () => document.documentElement.removeAttribute('data-silent')
  }, [silent])
}

/** Whoever works at a line wears gloves. */
function useDensity(glove: boolean): void {
  useEffect(() => {
    document.documentElement.dataset.density = glove ? 'glove' : 'hand'
    return () => delete document.documentElement.dataset.density
  }, [glove])
}
