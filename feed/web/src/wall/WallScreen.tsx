import type { Post } from '../api/types'
import { mostEnded } from '../feed/feed'
import { inHand, lingers, toTake } from '../feed/order'
import { lang, words } from '../i18n/lang'
import { now } from '../i18n/time'
import { Clock } from '../shell/Clock'
import { Connection } from '../shell/Connection'
import { FeedState } from '../shell/FeedState'
import { LastNews } from '../shell/LastNews'
import { Mark } from '../shell/Mark'
import { usePoll } from '../shell/poll'
import { useSession } from '../shell/session'
import { theme } from '../shell/theme'
import { burning, goodNews, isNight, running, solvedLately } from './afar'
import { Code } from './Code'
import { useRenewal } from './renew'
import { Side } from './Side'
import { readLast } from './Since'
import { WallPost } from './WallPost'
import './wall.css'

const most = 4
const roomyUpTo = 2
const machinesEvery = 10_000
const lastEvery = 30 * 60_000

/** *Mode écran*: how a place is, read from 4 m, with nothing to touch. */
export function WallScreen() {
  const { me, client, feed } = useSession()
  const w = words.value
  const own = me.device?.kind === 'wall'
  const posts = [...feed.posts.value.values()]
  const burns = burning(posts)
  const machines = usePoll(async () => (await Promise.all(me.grants.map((g) => client.machines(g.territory)))).flat(), machinesEvery, lang.value)
  const last = usePoll(() => readLast(client, me), lastEvery, lang.value)
  useRenewal(own, !burns.some((p) => p.severity === 'critical'))
  return (
    <div class="wall-screen" data-density="wall" data-theme={theme.value === 'system' && isNight(now.value) ? 'dark' : undefined}>
      <header>
        <Mark />
        <h1>{me.device?.place_name ?? me.grants.map((g) => g.name).join(' · ')}</h1>
        {!own && (
          <a class="plain" href="/">
            {w.display.leave}
          </a>
        )}
        <Connection />
        <Clock />
      </header>
      <LastNews />
      <main>
        <FeedState skeletons={0}>
          <Burning burns={burns} />
          <Counts posts={posts} />
        </FeedState>
      </main>
      <aside>
        <Side runs={running(posts)} machines={machines ?? []} news={goodNews(posts)} last={last ?? []} />
        <Answer />
      </aside>
    </div>
  )
}

/** The gravest four, or that there are none. */
function Burning({ burns }: { burns: Post[] }) {
  const l = words.value.display
  if (burns.length === 0) {
    return (
      <section class="wall-calm">
        <svg viewBox="0 0 44 400" preserveAspectRatio="xMidYMin slice" aria-hidden="true">
          <path d="M22 0V400" />
        </svg>
        <h2>{l.calm}</h2>
        <p>{l.calmSays}</p>
      </section>
    )
  }
  return (
    <ol class={`wall-posts ${burns.length <= roomyUpTo ? 'roomy' : ''}`}>
      {burns.slice(0, most).map((post) => (
        <WallPost key={post.id} post={post} roomy={burns.length <= roomyUpTo} />
      ))}
    </ol>
  )
}

/** All of it in figures, what does not fit included. */
function Counts({ posts }: { posts: Post[] }) {
  const l = words.value.display
  const waiting = posts.filter(toTake).length
  const handled = posts.filter((p) => inHand(p) && !lingers(p)).length
  const solved = solvedLately(posts, now.value)
  const says = [l.waiting(waiting), handled > 0 && l.inHand(handled), solved > 0 && l.recovered(solved, solved >= mostEnded)].filter((says) => says !== false)
  return (
    <p class="wall-counts">
      {says.map((text) => (
        <span key={text}>{text}</span>
      ))}
    </p>
  )
}

/** A display has no keys: one answers with one's own device. */
function Answer() {
  const l = words.value.display
  const address = `${location.origin}/`
  return (
    <section class="wall-answer" aria-label={l.answer}>
      <Code address={address} />
      <p>
        <b>{l.answer}</b>
        {l.answerSays}
      </p>
    </section>
  )
}
