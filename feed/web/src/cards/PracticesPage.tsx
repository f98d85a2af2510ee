import { useState } from 'preact/hooks'
import type { PracticeListName } from '../api/practice'
import type { Post } from '../api/types'
import { byPlace, depthOf } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { Item } from '../post/Item'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { usePoll } from '../shell/poll'
import { useSession } from '../shell/session'
import { Skeleton } from '../shell/Skeleton'
import { Unavailable } from '../shell/Unavailable'
import { WireEnd } from '../wire/Wire'
import { CardState } from './CardFacts'
import { useCards } from './useCards'
import { usePractices } from './usePractices'
import '../post/post.css'
import './cards.css'

const minute = 60_000
const tabs: PracticeListName[] = ['live', 'due', 'retired']

/** *Bonnes pratiques*: what helped, by place; what somebody should confirm, and what is offered no more. */
export function PracticesPage() {
  const { client } = useSession()
  const [tab, setTab] = useState<PracticeListName>('live')
  const [place, setPlace] = useState('')
  const { list, failed, look } = usePractices(tab, place)
  const territories = usePoll(client.territories, minute, lang.value) ?? []
  const page = useFocus<HTMLElement>()
  const w = words.value
  const places = territories.filter((t) => t.kind !== 'machine').sort(byPlace)
  return (
    <main class="page practices" ref={page} tabIndex={-1} aria-label={w.pages.practices}>
      <PageTop title={w.pages.practices}>
        <label class="filter">
          <span class="spoken">{w.where}</span>
          <select value={place} onChange={(e) => setPlace(e.currentTarget.value)}>
            <option value="">{w.everywhere}</option>
            {places.map((t) => (
              <option key={t.path} value={t.path}>
                {'\u2003'.repeat(depthOf(t.path, places)) + t.name}
              </option>
            ))}
          </select>
        </label>
      </PageTop>
      <LastNews />
      <nav class="practice-tabs" aria-label={w.pages.practices}>
        {tabs.map((one) => (
          <button type="button" key={one} aria-pressed={one === tab} onClick={() => setTab(one)}>
            {w.cards.tabs[one]} <b>{list?.counts[one] ?? ''}</b>
          </button>
        ))}
      </nav>
      <div class="practices-body">
        {failed && !list && <Unavailable text={w.cards.unreachable} />}
        {!failed && !list && <Skeleton count={3} />}
        {list?.posts.map((post, i) => (
          <div key={post.id}>
            {list.posts[i - 1]?.territory !== post.territory && <h2>{post.territory_name}</h2>}
            <One post={post} onDone={look} />
          </div>
        ))}
        {list && list.posts.length === 0 && <p class="quiet nothing">{w.cards.none[tab]}</p>}
        {list?.more && <p class="quiet">{w.cards.more}</p>}
        {list && (
          <p class="column-end">
            <WireEnd />
          </p>
        )}
      </div>
    </main>
  )
}

/** One good practice; what has aged is confirmed with a touch, by whoever may and did not write it. */
function One({ post, onDone }: { post: Post; onDone: () => void }) {
  const { me } = useSession()
  const cards = useCards()
  const card = post.talk?.card
  const w = words.value
  const may = post.author.member !== me.id && me.grants.some(({ role }) => ['operator', 'staff', 'lead', 'manager'].includes(role))
  const confirm = card?.due && may && (
    <button type="button" class="key main" onClick={() => void cards.confirm(post.id, onDone)}>
      {w.cards.confirm}
    </button>
  )
  return (
    <Item post={post} places={[card?.asset_name]} beside={confirm}>
      <CardState post={post} />
    </Item>
  )
}
