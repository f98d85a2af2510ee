import { useEffect } from 'preact/hooks'
import type { GroupDetail } from '../api/group'
import { lang, words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { useReading } from '../rules/reading'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { Checklists } from '../usages/Checklists'
import type { Circles } from './circles'
import { GroupFeed } from './GroupFeed'
import { GroupPeople } from './GroupPeople'
import { JoinKeys } from './JoinKeys'
import { isIn } from './order'

const every = 15_000

/** One group: for its members its feed and its people, for others the way in. */
export function OneGroup({ circles, id }: { circles: Circles; id: string }) {
  const { me } = useSession()
  const group = useReading(() => circles.one(id), `${id} ${lang.value} ${me.id}`)
  const w = words.value
  // Requests come while a keeper looks.
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && group.again(), every)
    return () => clearInterval(timer)
  }, [group.again])
  const one = group.value
  return (
    <>
      <PageTop title={one ? asRead(one.name) : w.pages.groups} back="/groups" of={one && w.groups.kind[one.kind]} />
      <LastNews />
      {!one && group.failed && (
        <Unavailable text={w.groups.missing}>
          <a class="key main" href="/groups">
            {w.groups.back}
          </a>
        </Unavailable>
      )}
      {!one && !group.failed && <p class="quiet waiting">{w.loading}</p>}
      {one && <Inside circles={circles} group={one} put={group.put} again={group.again} />}
    </>
  )
}

type Opened = { circles: Circles; group: GroupDetail; put: (group: GroupDetail) => void; again: () => void }

/** What there is of a group for whoever looks at it. */
function Inside({ circles, group, put, again }: Opened) {
  const w = words.value.groups
  return (
    <div class={`group-body ${isIn(group) ? '' : 'outside'}`}>
      <header class="group-head">
        {group.purpose && <p class="purpose">{asRead(group.purpose)}</p>}
        <p class="meta">
          <span>{group.home.name}</span>
          <span>{w.members(group.members)}</span>
          <span>{w.keptBy(group.keepers.join(', '))}</span>
          {group.hidden && <em>{w.hiddenMark}</em>}
        </p>
        {group.archived && <p class="last-news">{w.archivedSays}</p>}
        <JoinKeys circles={circles} group={group} put={put} />
        {isIn(group) && <Checklists group={group} />}
      </header>
      {isIn(group) && <GroupFeed circles={circles} group={group} put={put} />}
      {isIn(group) && <GroupPeople circles={circles} group={group} put={put} again={again} />}
    </div>
  )
}
