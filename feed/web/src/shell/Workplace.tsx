import { useSignal, type Signal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Client } from '../api/client'
import type { Me, Post } from '../api/types'
import { onScan } from '../badge/scan'
import type { Feed } from '../feed/feed'
import { kept } from '../offline/kept'
import { keepFeed, keepPast } from '../offline/snapshot'
import { isTyping } from '../offline/typing'
import { update, updateReady } from '../offline/worker'
import type { Outbox } from '../outbox/outbox'
import { lang, words } from '../i18n/lang'
import { Asking } from '../identity/asking'
import { Idle } from '../identity/Idle'
import { openSession } from '../identity/opening'
import type { Presence, Turn } from '../identity/presence'
import { WhoPanel } from '../identity/WhoPanel'
import { guiding, useOffer } from '../guide/offer'
import { proofAsked } from '../proof/proof'
import { readCode } from '../report/ean'
import { hear } from '../scan/heard'
import { explain } from './explain'
import { Notices } from './Notices'
import { mayOpen } from './menu'
import { ArticlePage, ClosedPage, Guide, homes, pages, PostPage, ProofDialog } from './pages'
import { articlePath, go, pageNames, route, under, type PageName } from './route'
import { homeOf, reads, SessionContext, type Home, type Message, type Session } from './session'
import { Unavailable } from './Unavailable'

type Props = { turn: Turn; presence: Presence; client: Client; outbox: Outbox }

/** The screens of whoever is here: their home, and pages laid over it. */
export function Workplace({ turn, presence, client, outbox }: Props) {
  const message = useSignal<Message | undefined>(undefined)
  const asking = useMemo(() => new Asking(turn.me), [])
  const session = useMemo(() => openSession(turn, presence, client, outbox, asking, (next) => (message.value = next)), [])
  const me = turn.me.value
  useFeed(session.feed, me)
  useSilence(session.feed)
  useOutbox(session)
  usePast(session)
  useUpdate(session, message)
  const readers = useReaders(session, presence)
  useEffect(() => {
    if (!me.station) asking.answered()
  }, [me.station])
  // The screen stays where it is when somebody says who they are.
  const home = useMemo(() => homeOf(me), [])
  useDensity(home === 'line')
  useArticles(session, home)
  useTitle(home)
  useOffer(session, home)
  if (!home) return <Unavailable text={words.value.nowhere} />
  const Home = homes[home]
  const at = route.value
  const name = pageOf(at.at === 'post' ? (under.value.split('/')[1] ?? '') : at.at, me)
  const Page = name && name !== 'kit' && name !== 'guest' ? pages[name] : undefined
  const closed = useClosed(at.at, me)
  // On the desktop a post is a panel beside the board, which stays in use.
  const covered = Page !== undefined || closed !== undefined || at.at === 'article' || (at.at === 'post' && home !== 'direct')
  const resting = me.station && at.at === 'home' && !asking.pending.value
  return (
    <SessionContext.Provider value={session}>
      {/* A display stands alone: nothing grows behind it. */}
      {name !== 'wall' && (
        <div class={`home ${home}`} inert={covered}>
          <Home />
        </div>
      )}
      {Page && <Page />}
      {closed && <ClosedPage key={closed} page={closed} />}
      {at.at === 'article' && <ArticlePage key={at.sku} sku={at.sku} />}
      {at.at === 'post' && <PostPage key={at.id} id={at.id} panel={home === 'direct'} />}
      {asking.pending.value && <WhoPanel onDone={(next) => void presence.welcome(next)} onBadge={readers} onLeave={asking.drop} />}
      {me.device?.kind === 'station' && !resting && <Idle onEnd={session.signOut} />}
      {guiding.value > 0 && <Guide key={guiding.value} home={home} />}
      {proofAsked.value && <ProofDialog />}
      <Notices message={message} />
    </SessionContext.Provider>
  )
}

/** The page of that name, if there is one that the person may open. */
function pageOf(name: string, me: Me): PageName | undefined {
  const page = pageNames.find((known) => known === name)
  return page && mayOpen(page, me) ? page : undefined
}

/** The page that is asked for and that the person's role does not open; it says so. A station goes back to its home when whoever opened a page leaves. */
function useClosed(name: string, me: Me): PageName | undefined {
  const page = pageNames.find((known) => known === name)
  const closed = page && page !== 'kit' && page !== 'guest' && !mayOpen(page, me) ? page : undefined
  const station = useRef(me.station)
  useEffect(() => {
    if (me.station && !station.current && closed) go('/')
    station.current = me.station
  }, [me.station])
  return closed
}

// Titles are rendered by the server: another language is another reading, and
// whoever comes to a station may see more than the station does.
function useFeed(feed: Feed, reader: Me): void {
  useEffect(() => {
    if (!reads(reader)) return
    void feed.start()
    return () => feed.stop()
  }, [feed, lang.value, reader.id])
}

/** On a paired tablet, a badge that is read brings its owner, whether a reader or the camera read it. */
function useReaders({ me, say }: Session, presence: Presence): (code: string) => void {
  const paired = me.device?.kind === 'station'
  const bring = (code: string): void => {
    presence.badge(code).catch((err: unknown) => say({ text: explain(words.peek(), err), grave: true }))
  }
  useEffect(() => {
    if (!paired) return
    return onScan((code) => {
      bring(code)
      return true
    })
  }, [paired])
  return bring
}

/** On a shop's paired phone, an article that its reader reads goes to the page that asks for one, else it is opened. */
function useArticles({ me }: Session, home: Home | undefined): void {
  const reads = home === 'aisle' && me.device?.kind === 'station'
  useEffect(() => {
    if (!reads) return
    return onScan((code) => {
      if (readCode(code).kind !== 'ean') return false
      if (!hear(code)) go(articlePath(code))
      return true
    })
  }, [reads])
}

function useTitle(home: Home | undefined): void {
  const w = words.value
  useEffect(() => void (document.title = home ? `${w[home]} · ${w.product}` : w.product), [home, w])
}

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

/** What ended in the last days stays readable without a network; a display is only read now. */
function usePast({ feed, client, me }: Session): void {
  const live = feed.link.value === 'live' && me.device?.kind !== 'wall'
  useEffect(() => (live ? keepPast(client, kept) : undefined), [live])
}

const isPost = (answer: unknown): answer is Post => typeof answer === 'object' && answer !== null && 'change' in answer && 'state' in answer

/** Offers a newer version where nothing typed would be lost to it. */
function useUpdate({ outbox, say }: Session, message: Signal<Message | undefined>): void {
  const offered = useRef(false)
  // Once what waited has left, and the screen has said so.
  const ready = updateReady.value && outbox.items.value.length === 0 && message.value === undefined
  useEffect(() => {
    if (!ready || offered.current || isTyping()) return
    offered.current = true
    const w = words.peek().outbox
    say({ text: w.update, action: { label: w.updateNow, run: update } })
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
