import type { ComponentChildren } from 'preact'
import { SayWho } from '../identity/SayWho'
import { Bell } from '../notifications/Bell'
import { Account } from './Account'
import { Clock } from './Clock'
import { Connection } from './Connection'
import { LastNews } from './LastNews'
import { WaitingBadge } from '../waiting/WaitingBadge'
import { Mark } from './Mark'
import { MenuKey } from './MenuKey'
import { reads, useSession } from './session'

type Props = {
  title: string
  /** What the place is in; undefined until it is known, and its line is kept. */
  place: string | undefined
  children?: ComponentChildren
}

/** Where one is, whether it is live, what time it is, and who one is. */
export function TopBar({ title, place, children }: Props) {
  const { me } = useSession()
  return (
    <>
      <header class="top">
        <Mark />
        <h1>
          {title} {place !== '' && <span>{place ?? '\u00a0'}</span>}
        </h1>
        {children}
        {!me.station && <Bell key={me.id} />}
        <MenuKey />
        {reads(me) && <Connection />}
        <WaitingBadge />
        <Clock />
        {me.station ? <SayWho /> : <Account />}
      </header>
      <LastNews />
    </>
  )
}
