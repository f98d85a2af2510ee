import { useEffect, useState } from 'preact/hooks'
import type { Territory } from '../api/types'
import { byPlace, depthOf } from '../feed/territory'
import { lang } from '../i18n/lang'
import { useSession } from '../shell/session'

type Props = { label: string; name: string; empty: string; value: string; fits: (place: Territory) => boolean; onChange: (place: Territory) => void }

/** One of the places of the reader, as the tree has them. */
export function PlaceSelect({ label, name, empty, value, fits, onChange }: Props) {
  const { client } = useSession()
  const [all, setAll] = useState<Territory[]>([])
  useEffect(() => void client.territories().then((found) => setAll(found.sort(byPlace)), () => undefined), [lang.value])
  return (
    <label>
      {label}
      <select
        name={name}
        value={value}
        onChange={(e) => {
          const chosen = all.find((t) => t.path === e.currentTarget.value)
          if (chosen) onChange(chosen)
        }}
      >
        <option value="">{empty}</option>
        {all.filter(fits).map((t) => (
          <option key={t.path} value={t.path}>
            {'\u00a0\u00a0'.repeat(depthOf(t.path, all)) + t.name}
          </option>
        ))}
      </select>
    </label>
  )
}
