import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { PlaceSelect } from './PlaceSelect'

type Props = { way: 'before' | 'after'; at: string; paths: string[]; onChange: (paths: string[]) => void }

/** The places up or down the line: one more from the list, a touch takes one off. */
export function NeighbourField({ way, at, paths, onChange }: Props) {
  const { client } = useSession()
  const [names, setNames] = useState(new Map<string, string>())
  useEffect(() => void client.territories().then((all) => setNames(new Map(all.map((t) => [t.path, t.name]))), () => undefined), [])
  const p = words.value.places
  return (
    <div class="neighbour-field">
      <PlaceSelect
        label={p.way[way]}
        name={way}
        empty={p.addNeighbour}
        value=""
        fits={(t) => t.kind !== 'machine' && t.path !== at && !paths.includes(t.path)}
        onChange={(t) => onChange([...paths, t.path])}
      />
      <div class="chips">
        {paths.map((path) => (
          <button type="button" class="chip" key={path} aria-label={p.removeNeighbour(names.get(path) ?? path)} onClick={() => onChange(paths.filter((other) => other !== path))}>
            {names.get(path) ?? path} ✕
          </button>
        ))}
      </div>
    </div>
  )
}
