import { dateFormat } from '../i18n/formats'
import type { Balance } from '../api/balance'
import { words } from '../i18n/lang'
import type { Open } from './opened'
import { FigureKey } from './FigureKey'
import { compared, type FigureName, valueOf, written } from './figures'

/** What only people do has no figure in a time in which nobody was told. */
const ofPeople: FigureName[] = ['take', 'solve', 'solved', 'decided']

/** Every figure beside that of the period before and of the time as a ghost. */
export function Compare({ balance, onOpen }: { balance: Balance; onOpen: Open }) {
  const w = words.value
  const b = w.balance
  const { now, before, baseline, cost, zone } = balance
  const day = (at: string): string => dateFormat(w.locale, { day: 'numeric', month: 'short', ...(zone.includes('/') && { timeZone: zone }) }).format(Date.parse(at))
  return (
    <section class="card compare whole" aria-label={b.compare}>
      <h2>{b.compare}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="spoken">{b.compare}</span>
            </th>
            <th scope="col">{b.now}</th>
            <th scope="col">{b.before}</th>
            {baseline && <th scope="col">{b.ghost}</th>}
          </tr>
        </thead>
        <tbody>
          {compared
            .filter((name) => name !== 'money' || cost)
            .map((name) => (
              <tr key={name}>
                <th scope="row">
                  <button
                    type="button"
                    class="plain"
                    data-figure={name}
                    title={b.says[name]}
                    onClick={() => onOpen({ figure: name, title: b.figure[name], shown: valueOf(name, now) })}
                  >
                    {b.figure[name]}
                  </button>
                </th>
                <td>
                  <b>{written(w, name, valueOf(name, now), cost?.currency)}</b>
                </td>
                <td>
                  <FigureKey name={name} value={before && valueOf(name, before)} title={`${b.figure[name]} · ${b.before}`} period={balance.previous} currency={cost?.currency} onOpen={onOpen} />
                </td>
                {baseline && <td>{ofPeople.includes(name) ? '–' : written(w, name, valueOf(name, baseline.figures), cost?.currency)}</td>}
              </tr>
            ))}
        </tbody>
      </table>
      <p class="hint">{baseline ? b.ghostSays(day(baseline.from), day(baseline.to)) : b.noGhost}</p>
    </section>
  )
}
