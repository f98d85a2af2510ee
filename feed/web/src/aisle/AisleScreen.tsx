import { useRef } from 'preact/hooks'
import type { Post } from '../api/types'
import { isAsleep, isInHand, toTake } from '../feed/order'
import { placesAbove } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { FeedEnd } from '../post/FeedEnd'
import { Section } from '../post/Section'
import { FeedState } from '../shell/FeedState'
import { NewPosts } from '../shell/NewPosts'
import { usePoll } from '../shell/poll'
import { useSession } from '../shell/session'
import { useSettle } from '../shell/settle'
import { TopBar } from '../shell/TopBar'
import { AisleCard } from './AisleCard'
import './aisle.css'

const minute = 60_000

const toDo = (post: Post): boolean => toTake(post) || (isInHand(post.state) && !isAsleep(post))
const sells = (post: Post): boolean => !toDo(post) && post.state === 'new' && post.kind !== 'idea' && !isAsleep(post)
const idea = (post: Post): boolean => post.state === 'new' && post.kind === 'idea'

/** *Mon rayon*: what to do in the aisle, one hand, one key to report. */
export function AisleScreen() {
  const { me, client, feed } = useSession()
  const scroller = useRef<HTMLElement>(null)
  useSettle(scroller, feed.order.value)
  const w = words.value
  const grant = me.grants.find((g) => g.role === 'staff') ?? me.grants[0]!
  const territories = usePoll(client.territories, minute, lang.value) ?? []
  return (
    <>
      <TopBar title={grant.name} place={placesAbove(grant.territory, territories)} />
      <main class="feed" ref={scroller}>
        <NewPosts scroller={scroller} />
        <FeedState skeletons={4}>
          <Section title={w.toDo} of={toDo} empty={w.nothingToDo}>
            {(post) => <AisleCard key={post.id} post={post} own={grant.territory} />}
          </Section>
          <Section title={w.sellingWell} of={sells}>
            {(post) => <AisleCard key={post.id} post={post} own={grant.territory} />}
          </Section>
          <Section title={w.ideas} of={idea}>
            {(post) => <AisleCard key={post.id} post={post} own={grant.territory} />}
          </Section>
          <Section title={w.living.asleep} of={isAsleep}>
            {(post) => <AisleCard key={post.id} post={post} own={grant.territory} />}
          </Section>
          <FeedEnd />
        </FeedState>
      </main>
      <nav class="thumb" aria-label={w.mainActions}>
        <a class="key main" data-guide="report" href="/report">
          {w.report}
        </a>
      </nav>
    </>
  )
}
