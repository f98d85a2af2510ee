import { useState } from 'preact/hooks'
import type { Balance } from '../api/balance'
import { lang, words } from '../i18n/lang'
import { useReading } from '../rules/reading'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { go, pagePath, route } from '../shell/route'
import { useSession } from '../shell/session'
import { Skeleton } from '../shell/Skeleton'
import { Unavailable } from '../shell/Unavailable'
import { PeriodKeys, PlaceSelect, Takeaway } from './BalanceTools'
import type { Opened } from './opened'
import { Behind } from './Behind'
import { BigFigure } from './BigFigure'
import { Compare } from './Compare'
import { CostForm } from './CostForm'
import { isEmpty, largeOf } from './figures'
import { Life } from './Life'
import { Pareto } from './Pareto'
import { periodName } from './period'
import { Places } from './Places'
import { Trends } from './Trend'
import './balance.css'

/** *Bilan*: what came up at a place in a week or month, and whether that is better than before. */
export function BalancePage() {
  const { me, client } = useSession()
  const page = useFocus<HTMLElement>()
  const w = words.value
  const territories = useReading(client.territories, lang.value)
  const [place, period] = asked() ?? [me.device?.place ?? me.grants[0]?.territory ?? '', 'week']
  const reading = useReading(() => client.balance(place, period), `${place} ${period} ${lang.value}`)
  const balance = reading.value && shows(reading.value, place, period) ? reading.value : undefined
  const goTo = (where: string, when: string): void => go(pagePath('balance', `${where}~${when}`))
  return (
    <main class="page balance-page" ref={page} tabIndex={-1} aria-label={w.pages.balance}>
      <PageTop title={w.pages.balance} of={balance?.name}>
        {territories.value && <PlaceSelect place={place} territories={territories.value} onPlace={(path) => goTo(path, period)} />}
        <PeriodKeys balance={balance} unit={period === 'month' || /^\d{4}-\d\d$/.test(period) ? 'month' : 'week'} onGo={(id) => goTo(place, id)} />
      </PageTop>
      <LastNews />
      {!place && <Unavailable text={w.balance.noPlace} />}
      {reading.failed && (
        <Unavailable text={w.balance.failed}>
          <button type="button" class="key main" onClick={reading.again}>
            {w.balance.again}
          </button>
        </Unavailable>
      )}
      {!balance && !reading.failed && place && <Skeleton count={3} />}
      {balance && !reading.failed && <Report key={balance.territory + balance.period.id} balance={balance} onChanged={reading.again} />}
    </main>
  )
}

/** The place and period of the address, "lyon/bottling~2026-W46". */
function asked(): [place: string, period: string] | undefined {
  const at = route.value
  if (at.at !== 'balance' || !at.id) return undefined
  const [place = '', period = 'week'] = at.id.split('~')
  return [place, period]
}

// Another report is on its way: the last one must not pass for it.
const shows = (b: Balance, place: string, period: string): boolean => b.territory === place && (period === b.period.unit || period === b.period.id)

/** The report itself: pictures first, then what they are made of. */
function Report({ balance, onChanged }: { balance: Balance; onChanged: () => void }) {
  const [opened, setOpened] = useState<Opened>()
  const w = words.value
  const b = w.balance
  return (
    <div class="balance-body">
      <header>
        <p>
          <b>{periodName(w, balance)}</b> <span class="only-print">{balance.name}</span>
          {balance.kept && <span class="quiet">{b.kept}</span>}
        </p>
        <Takeaway balance={balance} onChanged={onChanged} />
      </header>
      {isEmpty(balance) && <p class="card quiet">{b.none}</p>}
      <ul class="bigs">
        {largeOf(balance).map((name) => (
          <BigFigure key={name} balance={balance} name={name} onOpen={setOpened} />
        ))}
      </ul>
      <Trends balance={balance} />
      <Pareto title={b.causes} bars={balance.causes} figure="cause" onOpen={setOpened} />
      {balance.stops.length > 0 && <Pareto title={b.stops} bars={balance.stops} figure="stop" onOpen={setOpened} />}
      <Compare balance={balance} onOpen={setOpened} />
      <Places balance={balance} onOpen={setOpened} />
      <Life balance={balance} onOpen={setOpened} />
      {balance.may_cost && <CostForm balance={balance} onSaved={onChanged} />}
      {opened && <Behind balance={balance} opened={opened} onClose={() => setOpened(undefined)} />}
    </div>
  )
}
