import { useState } from 'preact/hooks'
import type { DecisionListName } from '../api/course'
import type { Post } from '../api/types'
import { verdictOf } from '../course/course'
import { byPlace, depthOf } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { Item } from '../post/Item'
import { Key } from '../post/Key'
import { isOpen } from '../feed/order'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { usePoll } from '../shell/poll'
import { Skeleton } from '../shell/Skeleton'
import { useSession } from '../shell/session'
import { useDecisions } from './decisions'
import { Unavailable } from '../shell/Unavailable'
import { WireEnd } from '../wire/Wire'
import '../post/post.css'
import '../post/living.css'
import '../course/course.css'
import './decisions.css'

const minute = 60_000
const tabs: DecisionListName[] = ['mine', 'open', 'late', 'decided']

/** *Décisions*: what waits for me, what is under way or late, and what was decided with its reason. */
export function DecisionsPage() {
  const { client } = useSession()
  const [tab, setTab] = useState<DecisionListName>('mine')
  const [place, setPlace] = useState('')
  const { list, failed } = useDecisions(tab, place)
  const territories = usePoll(client.territories, minute, lang.value) ?? []
  const page = useFocus<HTMLElement>()
  const w = words.value
  const places = territories.filter((t) => t.kind !== 'machine').sort(byPlace)
  return (
    <main class="page decisions" ref={page} tabIndex={-1} aria-label={w.pages.decisions}>
      <PageTop title={w.pages.decisions}>
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
      <nav class="decision-tabs" aria-label={w.pages.decisions}>
        {tabs.map((one) => (
          <button type="button" key={one} aria-pressed={one === tab} onClick={() => setTab(one)}>
            {w.circuits.tabs[one]} <b>{list?.counts[one] ?? ''}</b>
          </button>
        ))}
      </nav>
      <div class="decisions-body">
        {failed && !list && <Unavailable text={w.circuits.unreachable} />}
        {!failed && !list && <Skeleton count={3} />}
        {list?.posts.map((post) => <Decision key={post.id} post={post} />)}
        {list && list.posts.length === 0 && <p class="quiet nothing">{w.circuits.none[tab]}</p>}
        {list?.more && <p class="quiet">{w.circuits.more}</p>}
        {list && (
          <p class="column-end">
            <WireEnd />
          </p>
        )}
      </div>
    </main>
  )
}

/** One question or idea: where it is, or how it ended and why. */
function Decision({ post }: { post: Post }) {
  const course = post.talk?.course
  const w = words.value
  return (
    <Item post={post} places={[post.territory_name]} beside={isOpen(post.state) && <Key post={post} />}>
      {course?.outcome && (
        <p class="ending">
          <b>{verdictOf(post, course.outcome, w)}</b>
          {course.by && ` ${w.circuits.by(course.for ? w.circuits.insteadOf(course.by.name, course.for) : course.by.name)}`} · {asRead(course.reason ?? '')}
        </p>
      )}
    </Item>
  )
}
