import type { Balance } from '../api/balance'
import { words } from '../i18n/lang'
import type { Open } from './opened'
import { monthName } from './period'

/** How people took part, where that may be told; and which rules they call noise. */
export function Life({ balance, onOpen }: { balance: Balance; onOpen: Open }) {
  const w = words.value
  const b = w.balance
  const { life, noise } = balance
  const told = [
    life.people !== undefined && b.people(life.people),
    life.answered !== undefined && b.answered(life.answered),
    life.useful !== undefined && b.useful(life.useful),
  ].filter((line) => line !== false)
  return (
    <section class="card taking-part">
      <h2>{b.life(monthName(w, life.month))}</h2>
      {told.length === 0 ? <p>{b.lifeHidden}</p> : told.map((line) => <p key={line}>{line}</p>)}
      <p class="hint">{b.lifeSays}</p>
      {noise.length > 0 && (
        <>
          <h2>{b.noise}</h2>
          <ul>
            {noise.map((n) => (
              <li key={n.rule}>
                <button type="button" class="plain" onClick={() => onOpen({ figure: `noise:${n.rule}`, title: n.rule, shown: n.noise })}>
                  {n.rule}
                </button>
                <span>{b.noisy(n.noise, n.posts)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
