import { useState } from 'preact/hooks'
import type { Balance, Cost } from '../api/balance'
import { words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'

const blank = { minute: 0, part: 0, shelf_empty: 0, currency: 'EUR' }

/** What a loss costs here, said by who runs the site: without it no amount is shown. */
export function CostForm({ balance, onSaved }: { balance: Balance; onSaved: () => void }) {
  const { client, say } = useSession()
  const [cost, setCost] = useState<Cost>({ ...blank, ...balance.cost, territory: balance.territory })
  const b = words.value.balance
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    try {
      await client.setCost(cost)
      say({ text: b.saved })
      onSaved()
    } catch (err) {
      say({ text: explain(words.peek(), err), grave: true })
    }
  }
  const amount = (key: 'minute' | 'part' | 'shelf_empty', label: string) => (
    <label>
      {label}
      <input type="number" name={key} min="0" max="1000000" step="any" inputMode="decimal" value={cost[key]} onInput={(e) => setCost({ ...cost, [key]: Number(e.currentTarget.value) })} />
    </label>
  )
  return (
    <details class="card costs">
      <summary>{b.cost}</summary>
      <p class="hint">{balance.cost ? b.costFrom(balance.cost.territory) : b.costNone}</p>
      <form onSubmit={(e) => void save(e)}>
        {amount('minute', b.costMinute)}
        {amount('part', b.costPart)}
        {amount('shelf_empty', b.costShelf)}
        <label>
          {b.currency}
          <input name="currency" pattern="[A-Z]{3}" maxLength={3} required value={cost.currency} onInput={(e) => setCost({ ...cost, currency: e.currentTarget.value.toUpperCase() })} />
        </label>
        <button type="submit" class="key main">
          {b.save}
        </button>
      </form>
    </details>
  )
}
