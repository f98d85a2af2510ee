import type { Concern } from '../api/balance'
import { words } from '../i18n/lang'

const concerns: Concern[] = ['safety', 'quality', 'cost', 'delivery', 'people']

/** Which of the five something is about. */
export function ConcernSelect({ value, onPick }: { value: Concern; onPick: (concern: Concern) => void }) {
  const m = words.value.balance.meeting
  return (
    <label>
      {m.concernOf}
      <select value={value} onChange={(e) => onPick(e.currentTarget.value as Concern)}>
        {concerns.map((concern) => (
          <option key={concern} value={concern}>
            {m.concern[concern]}
          </option>
        ))}
      </select>
    </label>
  )
}
