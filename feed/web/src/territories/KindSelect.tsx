import { words } from '../i18n/lang'

/** What a place is. */
export function KindSelect({ kind, onChange }: { kind: string; onChange: (kind: string) => void }) {
  const p = words.value.places
  return (
    <label>
      {p.kind}
      <select name="kind" value={kind} onChange={(e) => onChange(e.currentTarget.value)}>
        {Object.entries(p.kinds).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
