import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { Sign } from '../wire/Sign'

/** How much waits for the network, and whether something was refused. */
export function WaitingBadge() {
  const { outbox } = useSession()
  const w = words.value.outbox
  const all = outbox.items.value
  const refused = outbox.mine.value.filter((item) => item.state === 'refused').length
  const waiting = all.filter((item) => item.state === 'waiting').length
  if (waiting + refused === 0) return null
  return (
    <a class={`waiting-badge ${refused > 0 ? 'refused' : ''}`} href="/waiting">
      {refused > 0 && <Sign mood="major" />}
      {refused > 0 ? w.refusedCount(refused) : w.count(waiting)}
    </a>
  )
}
