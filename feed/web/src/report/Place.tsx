import type { Territory } from '../api/types'
import { depthOf } from '../feed/territory'
import { words } from '../i18n/lang'

type Props = { places: Territory[]; chosen: string; onPick: (path: string) => void }

/** Where a report is about, for those who answer for more than one place. */
export function Place({ places, chosen, onPick }: Props) {
  return (
    <label>
      {words.value.where}
      <select name="territory" value={chosen} onChange={(e) => onPick(e.currentTarget.value)}>
        {places.map((t) => (
          <option key={t.path} value={t.path}>
            {'\u2003'.repeat(depthOf(t.path, places)) + t.name}
          </option>
        ))}
      </select>
    </label>
  )
}
