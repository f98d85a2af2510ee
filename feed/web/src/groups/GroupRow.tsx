import type { Group } from '../api/group'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAgo, now } from '../i18n/time'
import { pagePath } from '../shell/route'

/** One group: what it is, who is in it, what the reader is to it. */
export function GroupRow({ group }: { group: Group }) {
  const w = words.value
  const { kind, door, state } = w.groups
  const standing = group.mine === 'none' ? door[group.join] : state[group.mine]
  return (
    <li class={`group ${group.mine}`}>
      <h3>
        <a href={pagePath('groups', group.id)}>{asRead(group.name)}</a>
      </h3>
      <p class="meta">
        <strong>{kind[group.kind]}</strong>
        <span>{group.home.name}</span>
        <span>{w.groups.members(group.members)}</span>
        {group.latest && <span>{w.groups.latest(formatAgo(w, group.latest, now.value))}</span>}
        {group.hidden && <em>{w.groups.hiddenMark}</em>}
        {group.archived && <em>{w.groups.archivedMark}</em>}
      </p>
      {group.purpose && <p class="purpose">{asRead(group.purpose)}</p>}
      <p class="standing">{standing}</p>
    </li>
  )
}
