import { useRef } from 'preact/hooks'
import type { Me, Post } from '../api/types'
import { isMine } from '../article/steps'
import { useFitting } from '../cards/useFitting'
import { isDecided } from '../course/course'
import { isAsleep, isInHand, isOfGroup, toTake } from '../feed/order'
import { placesAbove } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { MustReads } from '../notice/MustReads'
import { isOnTop } from '../notice/toRead'
import { FeedEnd } from '../post/FeedEnd'
import { Section } from '../post/Section'
import { FeedState } from '../shell/FeedState'
import { NewPosts } from '../shell/NewPosts'
import { usePoll } from '../shell/poll'
import { useSession, workplaceOf } from '../shell/session'
import { useSettle } from '../shell/settle'
import { TopBar } from '../shell/TopBar'
import { AisleCard } from './AisleCard'
import './aisle.css'

const minute = 60_000

/** What somebody has to see to; what one reported oneself stands apart as long as nobody took it. */
const toDo = (me: Me) => (post: Post): boolean => (toTake(post) && !isMine(post, me)) || (isInHand(post.state) && !isAsleep(post))
const mine = (me: Me) => (post: Post): boolean => toTake(post) && isMine(post, me)
const calm = (post: Post): boolean => post.state === 'new' && post.severity === 'info' && !isAsleep(post) && !isOfGroup(post)
const sells = (post: Post): boolean => calm(post) && !isDecided(post) && post.topic !== 'life'
const toKnow = (post: Post): boolean => calm(post) && post.topic === 'life' && !isDecided(post) && !isOnTop(post)
const idea = (post: Post): boolean => calm(post) && isDecided(post)

/** *Mon rayon*: what to do in the aisle, one hand, one key to report. */
export function AisleScreen() {
  const { me, client, feed } = useSession()
  const cards = useFitting([...feed.posts.value.values()])
  const scroller = useRef<HTMLElement>(null)
  useSettle(scroller, feed.order.value)
  const w = words.value
  const grant = workplaceOf(me, 'staff')
  const card = (post: Post) => <AisleCard key={post.id} post={post} own={grant.territory} card={cards.get(post.id)} />
  const territories = usePoll(client.territories, minute, lang.value)
  return (
    <>
      <TopBar title={grant.name} place={territories && placesAbove(grant.territory, territories)} />
      <main class="feed" ref={scroller}>
        <NewPosts scroller={scroller} />
        <MustReads />
        <FeedState skeletons={4}>
          <Section title={w.toDo} of={toDo(me)} empty={w.nothingToDo}>
            {card}
          </Section>
          <Section title={w.shop.mine} of={mine(me)}>
            {card}
          </Section>
          <Section title={w.sellingWell} of={sells}>
            {card}
          </Section>
          <Section title={w.forInformation} of={toKnow}>
            {card}
          </Section>
          <Section title={w.ideas} of={idea}>
            {card}
          </Section>
          <Section title={w.living.asleep} of={isAsleep}>
            {card}
          </Section>
          <FeedEnd />
        </FeedState>
      </main>
      <nav class="thumb" aria-label={w.mainActions}>
        <a class="plain" href="/round">
          {w.shop.round}
        </a>
        <a class="scanner" data-guide="scan" href="/scan">
          <svg viewBox="0 0 40 40" aria-hidden="true">
            <path d="M4 12V6h6M30 6h6v6M36 28v6h-6M10 34H4v-6M12 14v12M17 14v12M22 14v12M28 14v12" />
          </svg>
          {w.shop.scan}
        </a>
        <a class="plain" href="/code">
          {w.shop.typeCode}
        </a>
      </nav>
    </>
  )
}
