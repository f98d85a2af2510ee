import type { Signal } from '@preact/signals'
import type { Territory } from '../api/types'
import { depthOf } from '../feed/territory'
import { words } from '../i18n/lang'

type Props = { root: Signal<string>; territories: Territory[] }

/** Which part of the territory the board shows. */
export function TerritoryFilter({ root, territories }: Props) {
  const w = words.value
  const places = territories.filter((t) => t.kind !== 'machine').sort((a, b) => a.path.localeCompare(b.path))
  return (
    <label class="filter">
      <span class="spoken">{w.filter}</span>
      <select value={root.value} onChange={(e) => (root.value = e.currentTarget.value)}>
        <option value="">{w.everywhere}</option>
        {places.map((t) => (
          <option key={t.path} value={t.path}>
            {'\u2003'.repeat(depthOf(t.path, places)) + t.name + (t.open ? ` (${t.open})` : '')}
          </option>
        ))}
      </select>
    </label>
  )
}
