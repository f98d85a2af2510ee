import type { Balance } from '../api/balance'
import type { Territory } from '../api/types'
import { byPlace, depthOf } from '../feed/territory'
import { words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'

type Props = { place: string; territories: Territory[]; onPlace: (path: string) => void }

/** Which place the report is of. */
export function PlaceSelect({ place, territories, onPlace }: Props) {
  const places = territories.filter((t) => t.kind !== 'machine').sort(byPlace)
  return (
    <label class="filter">
      <span class="spoken">{words.value.balance.place}</span>
      <select value={place} onChange={(e) => onPlace(e.currentTarget.value)}>
        {places.map((t) => (
          <option key={t.path} value={t.path}>
            {'\u2003'.repeat(depthOf(t.path, places)) + t.name}
          </option>
        ))}
      </select>
    </label>
  )
}

type Unit = 'week' | 'month'

/** Which period, and the way to those beside it. */
export function PeriodKeys({ balance, unit, onGo }: { balance: Balance | undefined; unit: Unit; onGo: (period: string) => void }) {
  const b = words.value.balance
  return (
    <div class="period-keys">
      <div class="choice" role="group" aria-label={`${b.unit.week} / ${b.unit.month}`}>
        {(['week', 'month'] as const).map((one) => (
          <button type="button" key={one} aria-pressed={unit === one} onClick={() => onGo(one)}>
            {b.unit[one]}
          </button>
        ))}
      </div>
      <button type="button" class="plain" disabled={!balance} onClick={() => onGo(balance!.previous)}>
        {b.earlier}
      </button>
      <button type="button" class="plain" disabled={!balance?.next} onClick={() => onGo(balance!.next!)}>
        {b.later}
      </button>
    </div>
  )
}

/** Takes the report along: on paper, as a table, or each time that it is ready. */
export function Takeaway({ balance, onChanged }: { balance: Balance; onChanged: () => void }) {
  const { client, say } = useSession()
  const b = words.value.balance
  const { territory, period, subscribed } = balance
  const on = subscribed.includes(period.unit)
  const subscribe = async (): Promise<void> => {
    try {
      await client.subscribe(territory, period.unit, !on)
      say({ text: on ? b.unsubscribed : b.subscribed })
      onChanged()
    } catch (err) {
      say({ text: explain(words.peek(), err), grave: true })
    }
  }
  return (
    <div class="takeaway">
      <button type="button" class="key" onClick={() => print()}>
        {b.print}
      </button>
      <a class="key" href={client.balanceFile(territory, period.id, 'csv')} download>
        {b.csv}
      </a>
      <a class="key" href={client.balanceFile(territory, period.id, 'xlsx')} download>
        {b.xlsx}
      </a>
      <button type="button" class="chip" aria-pressed={on} onClick={() => void subscribe()}>
        {b.subscribe[period.unit]}
      </button>
    </div>
  )
}
