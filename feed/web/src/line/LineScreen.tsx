import { useRef } from 'preact/hooks'
import type { Post } from '../api/types'
import { useFitting } from '../cards/useFitting'
import { byUrgency, concerns, forInformation, inHand, isAsleep, isOfGroup, toTake } from '../feed/order'
import { placesAbove } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { MustReads } from '../notice/MustReads'
import { isOnTop } from '../notice/toRead'
import { FeedEnd } from '../post/FeedEnd'
import { Section } from '../post/Section'
import { RunStrip } from '../run/RunStrip'
import { FeedState } from '../shell/FeedState'
import { NewPosts } from '../shell/NewPosts'
import { usePoll } from '../shell/poll'
import { useSession, workplaceOf } from '../shell/session'
import { useSettle } from '../shell/settle'
import { TopBar } from '../shell/TopBar'
import { Dock } from './Dock'
import { useHorn } from './horn'
import { hasRoom, inView } from './inView'
import { LineCard } from './LineCard'
import { MachineStrip } from './MachineStrip'
import { Stretch } from './Stretch'
import './line.css'

const minute = 60_000

/** *Ma ligne*: what to handle here, how the machines do, and the keys for all else. */
export function LineScreen() {
  const { me, client, feed } = useSession()
  const scroller = useRef<HTMLElement>(null)
  useSettle(scroller, feed.order.value)
  useHorn(feed, me.device?.place ?? '')
  const grant = workplaceOf(me, 'operator')
  const territories = usePoll(client.territories, minute, lang.value)
  return (
    <>
      <TopBar title={grant.name} place={territories && placesAbove(grant.territory, territories)} />
      <div class="line-body">
        <main class="feed" ref={scroller}>
          <NewPosts scroller={scroller} />
          <MustReads />
          <FeedState skeletons={3}>
            <Work />
            <FeedEnd />
          </FeedState>
        </main>
        <div class="side">
          <RunStrip territory={grant.territory} />
          <MachineStrip territory={grant.territory} />
        </div>
        <Dock />
      </div>
    </>
  )
}

/** What there is to do, as much as one takes in at a glance, then what there is to know. */
function Work() {
  const { me, feed } = useSession()
  const w = words.value
  // A tablet is of its line: whoever stands before it may see more elsewhere.
  const here = (post: Post): boolean => !isOfGroup(post) && (!me.device || concerns(post, me.device.place))
  const posts = [...feed.posts.value.values()].filter(here).sort(byUrgency)
  const cards = useFitting(posts)
  const [waiting, held] = [posts.filter(toTake), posts.filter(inHand)]
  const shown = inView(waiting.length, held.length)
  const inSight = shown.toTake + shown.inHand
  const tight = !hasRoom(1, inSight)
  return (
    <>
      <Stretch title={w.toHandle} posts={waiting} shown={shown.toTake} tight={tight} empty={w.nothingToHandle}>
        {(post, place) => <LineCard key={post.id} post={post} card={cards.get(post.id)} roomy={hasRoom(place, inSight)} />}
      </Stretch>
      <Stretch title={w.inHand} posts={held} shown={shown.inHand} tight={tight}>
        {(post, place) => <LineCard key={post.id} post={post} card={cards.get(post.id)} roomy={hasRoom(shown.toTake + place, inSight)} />}
      </Stretch>
      <Section title={w.forInformation} of={(post) => here(post) && forInformation(post) && !isOnTop(post)}>
        {(post) => <LineCard key={post.id} post={post} roomy />}
      </Section>
      <Section title={w.living.asleep} of={(post) => here(post) && isAsleep(post)}>
        {(post) => <LineCard key={post.id} post={post} />}
      </Section>
    </>
  )
}
