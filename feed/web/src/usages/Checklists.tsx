import { useMemo } from 'preact/hooks'
import type { GroupDetail } from '../api/group'
import type { Checklist, ChecklistItem } from '../api/usage'
import { lang, words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { now, timeAndDay } from '../i18n/time'
import { useActs } from '../post/acts'
import { useReading } from '../rules/reading'
import { useSession } from '../shell/session'
import { Library } from './library'
import './checklists.css'

/** What the members of a group tick off together. */
export function Checklists({ group }: { group: GroupDetail }) {
  const { client, me } = useSession()
  const { attempt } = useActs()
  const library = useMemo(() => new Library(client), [client])
  // A new shift begins anew while somebody looks: the hour asks again.
  const hour = Math.floor(now.value / 3_600_000)
  const lists = useReading(() => library.checklists(group.id), `${group.id} ${lang.value} ${me.id} ${hour}`)
  if (!lists.value || lists.value.length === 0) return null
  const tick = (list: Checklist, item: number, on: boolean): void =>
    void attempt(async () => lists.put(await library.tick(group.id, list.name, item, on)))
  return (
    <>
      {lists.value.map((list) => (
        <section class="checklist" key={list.name} aria-label={asRead(list.title)}>
          <h2>
            {asRead(list.title)} <span>{words.value.usages.every[list.every]}</span>
            <b>{words.value.usages.doneOf(list.items.filter((item) => item.at).length, list.items.length)}</b>
          </h2>
          <ul>
            {list.items.map((item, i) => (
              <Line key={item.text} item={item} closed={group.archived !== undefined} onTick={() => tick(list, i, !item.at)} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

/** One thing to do; the whole line is a target. */
function Line({ item, closed, onTick }: { item: ChecklistItem; closed: boolean; onTick: () => void }) {
  const w = words.value
  return (
    <li>
      <label class={item.at ? 'done' : undefined}>
        <input type="checkbox" checked={item.at !== undefined} disabled={closed} onChange={onTick} />
        <span>
          {asRead(item.text)}
          {item.at && <small>{w.usages.tickedBy(item.by ?? '', w.at(...timeAndDay(w, item.at, now.value)))}</small>}
        </span>
      </label>
    </li>
  )
}
