import { useState } from 'preact/hooks'
import type { Fellow, GroupDetail } from '../api/group'
import { ConfirmDialog } from '../devices/ConfirmDialog'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { go } from '../shell/route'
import { useSession } from '../shell/session'
import type { Circles } from './circles'
import { Calls } from './Calls'

type Props = { circles: Circles; group: GroupDetail; put: (group: GroupDetail) => void; again: () => void }

/** Who is in the group, and what its keepers do about that. */
export function GroupPeople({ circles, group, put, again }: Props) {
  const { me, say } = useSession()
  const { attempt } = useActs()
  const keeper = group.mine === 'keeper'
  const g = words.value.groups
  const alone = group.people.length > 1 && group.people.filter((p) => p.role === 'keeper').length === 1
  const leave = (): void =>
    void attempt(async () => {
      await circles.part(group.id, me.id)
      go('/groups')
      say({ text: g.left(group.name) })
    })
  const archive = (): void => void attempt(async () => put(await circles.change(group.id, { archived: !group.archived })))
  return (
    <aside class="group-people" aria-label={g.people}>
      {keeper && !group.archived && <Calls circles={circles} group={group} put={put} again={again} />}
      <h2>
        {g.people} <b>{group.people.length}</b>
      </h2>
      <ul>
        {group.people.map((one) => (
          <Person key={one.member} one={one} circles={circles} group={group} put={put} again={again} />
        ))}
      </ul>
      {keeper && alone && <p class="hint">{g.twoKeepers}</p>}
      <div class="form-keys">
        {keeper && (
          <button type="button" class="key" onClick={archive}>
            {group.archived ? g.revive : g.archive}
          </button>
        )}
        <button type="button" class="key" onClick={leave}>
          {g.leave}
        </button>
      </div>
    </aside>
  )
}

/** One member; a keeper names others keepers, or takes them out. */
function Person({ one, circles, group, put, again }: Props & { one: Fellow }) {
  const { me } = useSession()
  const { attempt } = useActs()
  const [asking, setAsking] = useState(false)
  const g = words.value.groups
  const name = (): void => void attempt(async () => put(await circles.admit(group.id, one.member, 'keeper')))
  const remove = (): void => {
    setAsking(false)
    void attempt(async () => {
      await circles.part(group.id, one.member)
      again()
    })
  }
  const handles = group.mine === 'keeper' && !group.archived && one.member !== me.id
  return (
    <li>
      <span>
        <b>{one.name}</b> {one.role === 'keeper' && <em>{g.role.keeper}</em>}
      </span>
      {handles && (
        <span class="person-keys">
          {one.role === 'member' && (
            <button type="button" class="plain" aria-label={g.makeKeeperOf(one.name)} onClick={name}>
              {g.makeKeeper}
            </button>
          )}
          <button type="button" class="plain" aria-label={g.removeOf(one.name)} onClick={() => setAsking(true)}>
            {g.remove}
          </button>
        </span>
      )}
      {asking && <ConfirmDialog title={g.removeOf(one.name)} text={g.insideOnly} act={g.remove} onDone={remove} onClose={() => setAsking(false)} />}
    </li>
  )
}
