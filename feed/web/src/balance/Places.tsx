import type { Balance } from '../api/balance'
import { words } from '../i18n/lang'
import { pagePath } from '../shell/route'
import type { Open } from './opened'
import { FigureKey } from './FigureKey'

/** The places right below, side by side; each opens its own report, and each figure its posts. */
export function Places({ balance, onOpen }: { balance: Balance; onOpen: Open }) {
  const w = words.value
  const b = w.balance
  if (balance.places.length === 0) return null
  return (
    <section class="card compare" aria-label={b.places}>
      <h2>{b.places}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="spoken">{b.place}</span>
            </th>
            {(['alerts', 'take', 'solve', 'stopped', 'shelf_empty'] as const).map((name) => (
              <th scope="col" key={name}>
                {b.figure[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {balance.places.map((p) => (
            <tr key={p.territory}>
              <th scope="row">
                <a class="plain" href={pagePath('balance', `${p.territory}~${balance.period.id}`)}>
                  {p.name}
                </a>
              </th>
              {(['alerts', 'take', 'solve', 'stopped', 'shelf_empty'] as const).map((name) => (
                <td key={name}>
                  <FigureKey name={name} value={p[name]} title={`${b.figure[name]} · ${p.name}`} territory={p.territory} onOpen={onOpen} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
