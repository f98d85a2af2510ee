import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Client } from '../api/client'
import type { Me } from '../api/types'
import { Feed } from '../feed/feed'
import { lang, words } from '../i18n/lang'
import { PostPage } from '../post/PostPage'
import { guiding, useOffer } from '../guide/offer'
import { Notices } from './Notices'
import { ArticlePage, Guide, homes, pages } from './pages'
import { go, pageNames, route, under, type PageName } from './route'
import { homeOf, keepsRules, SessionContext, type Home, type Message, type Session } from './session'
import { Unavailable } from './Unavailable'

/** The screens of a signed-in person: their home, and pages laid over it. */
export function Workplace({ me, client, onLeave }: { me: Me; client: Client; onLeave: (expired: boolean) => void }) {
  const message = useSignal<Message | undefined>(undefined)
  const session = useMemo<Session>(
    () => ({
      me,
      client,
      feed: new Feed(client, () => onLeave(true)),
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
  const home = homeOf(me)
  useDensity(home === 'line')
  useTitle(home)
  useOffer(session, home)
  if (!home) return <Unavailable text={words.value.nowhere} />
  const Home = homes[home]
  const at = route.value
  const name = pageOf(at.at === 'post' ? under.value.slice(1) : at.at, me)
  const Page = name && name !== 'kit' ? pages[name] : undefined
  // On the desktop a post is a panel beside the board, which stays in use.
  const covered = Page !== undefined || at.at === 'article' || (at.at === 'post' && home !== 'direct')
  return (
    <SessionContext.Provider value={session}>
      {/* A display stands alone: nothing grows behind it. */}
      {name !== 'wall' && (
        <div class={`home ${home}`} inert={covered}>
          <Home />
        </div>
      )}
      {Page && <Page />}
      {at.at === 'article' && <ArticlePage key={at.sku} sku={at.sku} />}
      {at.at === 'post' && <PostPage key={at.id} id={at.id} panel={home === 'direct'} />}
      {guiding.value > 0 && <Guide key={guiding.value} home={home} />}
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
