import type { Signal } from '@preact/signals'
import type { Territory } from '../api/types'
import { isOpen, within } from '../feed/order'
import { byPlace, depthOf } from '../feed/territory'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'

type Props = { root: Signal<string>; territories: Territory[] }

/** Which part of the territory the board shows. */
export function TerritoryFilter({ root, territories }: Props) {
  const { feed } = useSession()
  const w = words.value
  const open = [...feed.posts.value.values()].filter((p) => isOpen(p.state))
  const count = (path: string): string => {
    const n = open.filter((p) => within(p.territory, path)).length
    return n ? ` (${n})` : ''
  }
  const places = territories.filter((t) => t.kind !== 'machine').sort(byPlace)
  return (
    <label class="filter">
      <span class="spoken">{w.filter}</span>
      <select value={root.value} onChange={(e) => (root.value = e.currentTarget.value)}>
        <option value="">{w.everywhere}</option>
        {places.map((t) => (
          <option key={t.path} value={t.path}>
            {'\u2003'.repeat(depthOf(t.path, places)) + t.name + count(t.path)}
          </option>
        ))}
      </select>
    </label>
  )
}
