import type { Balance } from '../api/balance'
import { words } from '../i18n/lang'
import { Sign } from '../wire/Sign'
import type { Open } from './opened'
import { changeOf, changeSays, duration, valueOf, written, type FigureName } from './figures'

type Props = { balance: Balance; name: FigureName; onOpen: Open }

/** One figure, large, and whether it is better than before. A touch shows the posts behind it. */
export function BigFigure({ balance, name, onOpen }: Props) {
  const w = words.value
  const b = w.balance
  const now = valueOf(name, balance.now)
  const change = changeOf(name, now, balance.before && valueOf(name, balance.before))
  const delay = name === 'take' || name === 'solve' ? balance.now[name] : undefined
  const text = written(w, name, now, balance.cost?.currency)
  return (
    <li class={`big ${change.kind}`}>
      <h3>{b.figure[name]}</h3>
      <button
        type="button"
        class="value"
        data-figure={name}
        title={b.says[name]}
        aria-label={`${b.open(b.figure[name])} (${text})`}
        onClick={() => onOpen({ figure: name, title: b.figure[name], shown: now })}
      >
        {text}
      </button>
      <p class="change">
        {change.kind === 'worse' && change.percent >= 20 && <Sign mood="major" />}
        {changeSays(w, change)}
      </p>
      {delay?.p90 !== undefined && <p class="quiet">{b.ninth(duration(w, delay.p90))}</p>}
    </li>
  )
}
