import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { AisleScreen } from '../aisle/AisleScreen'
import type { Client } from '../api/client'
import type { Me } from '../api/types'
import { DirectScreen } from '../direct/DirectScreen'
import { Feed } from '../feed/feed'
import { lang, words } from '../i18n/lang'
import { LineScreen } from '../line/LineScreen'
import { PostPage } from '../post/PostPage'
import { ReportPage } from '../report/ReportPage'
import { RulesPage } from '../rules/RulesPage'
import { Notices } from './Notices'
import { go, route, under } from './route'
import { homeOf, keepsRules, SessionContext, type Home, type Message, type Session } from './session'
import { Unavailable } from './Unavailable'

const screens = { line: LineScreen, aisle: AisleScreen, direct: DirectScreen }

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
  if (!home) return <Unavailable text={words.value.nowhere} />
  const Home = screens[home]
  const at = route.value
  // On the desktop a post is a panel beside the board, which stays in use.
  const keeping = keepsRules(me) && (at.at === 'rules' || (at.at === 'post' && under.value === '/rules'))
  const covered = at.at === 'report' || keeping || (at.at === 'post' && home !== 'direct')
  return (
    <SessionContext.Provider value={session}>
      <div class={`home ${home}`} inert={covered}>
        <Home />
      </div>
      {keeping && <RulesPage />}
      {at.at === 'post' && <PostPage key={at.id} id={at.id} panel={home === 'direct'} />}
      {at.at === 'report' && <ReportPage />}
      <Notices message={message} />
    </SessionContext.Provider>
  )
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
