import { useRef } from 'preact/hooks'
import { forInformation, inHand, isAsleep, toTake } from '../feed/order'
import { placesAbove } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { FeedEnd } from '../post/FeedEnd'
import { Section } from '../post/Section'
import { RunStrip } from '../run/RunStrip'
import { FeedState } from '../shell/FeedState'
import { NewPosts } from '../shell/NewPosts'
import { usePoll } from '../shell/poll'
import { useSession, workplaceOf } from '../shell/session'
import { useSettle } from '../shell/settle'
import { TopBar } from '../shell/TopBar'
import { LineCard } from './LineCard'
import { MachineStrip } from './MachineStrip'
import './line.css'

const minute = 60_000

/** *Ma ligne*: what to handle here, how the machines do, one key to report. */
export function LineScreen() {
  const { me, client, feed } = useSession()
  const scroller = useRef<HTMLElement>(null)
  useSettle(scroller, feed.order.value)
  const w = words.value
  const grant = workplaceOf(me, 'operator')
  const territories = usePoll(client.territories, minute, lang.value) ?? []
  return (
    <>
      <TopBar title={grant.name} place={placesAbove(grant.territory, territories)} />
      <div class="line-body">
        <main class="feed" ref={scroller}>
          <NewPosts scroller={scroller} />
          <FeedState skeletons={3}>
            <Section title={w.toHandle} of={toTake} empty={w.nothingToHandle}>
              {(post) => <LineCard key={post.id} post={post} />}
            </Section>
            <Section title={w.inHand} of={inHand}>
              {(post) => <LineCard key={post.id} post={post} />}
            </Section>
            <Section title={w.forInformation} of={forInformation}>
              {(post) => <LineCard key={post.id} post={post} />}
            </Section>
            <Section title={w.living.asleep} of={isAsleep}>
              {(post) => <LineCard key={post.id} post={post} />}
            </Section>
            <FeedEnd />
          </FeedState>
        </main>
        <RunStrip territory={grant.territory} />
        <div class="side">
          <MachineStrip territory={grant.territory} />
          <nav class="dock" aria-label={w.mainActions}>
            <a class="key main" href="/report">
              {w.report}
            </a>
          </nav>
        </div>
      </div>
    </>
  )
}
