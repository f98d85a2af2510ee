import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { BadgeDialog } from './BadgeDialog'
import { ConfirmDialog } from './ConfirmDialog'
import type { Desk, Holder } from './desk'
import { useListing } from './listing'

type Asking = { about: Holder; how: 'give' | 'remove' }

/** Whose badge opens a shared tablet, and for whom none does. */
export function Badges({ desk }: { desk: Desk }) {
  const { say } = useSession()
  const { rows, failed, again, change } = useListing(desk.holders)
  const [asking, ask] = useState<Asking>()
  const w = words.value
  const done = (): void => ask(undefined)
  const act = async (text: string, work: () => Promise<void>): Promise<void> => {
    done()
    if (await change(async () => (await work(), true))) say({ text })
  }
  if (failed) {
    return (
      <Unavailable text={w.devices.notRead}>
        <button type="button" class="key main" onClick={again}>
          {w.tryAgain}
        </button>
      </Unavailable>
    )
  }
  if (!rows) return <p class="quiet">{w.loading}</p>
  if (rows.length === 0) return <p class="none">{w.devices.badgesNone}</p>
  return (
    <>
      <ul class="device-list">
        {rows.map((holder) => (
          <HolderRow key={holder.id} holder={holder} ask={(how) => ask({ about: holder, how })} />
        ))}
      </ul>
      {asking?.how === 'give' && (
        <BadgeDialog
          name={asking.about.name}
          onBadge={(badge) => void act(w.devices.given(asking.about.name), () => desk.giveBadge(asking.about.id, badge))}
          onClose={done}
        />
      )}
      {asking?.how === 'remove' && (
        <ConfirmDialog
          title={w.devices.removeTitle(asking.about.name)}
          text={w.devices.removeSays}
          act={w.devices.removeBadge}
          onDone={() => void act(w.devices.removed(asking.about.name), () => desk.removeBadge(asking.about.id))}
          onClose={done}
        />
      )}
    </>
  )
}

/** One person, what they are for, and their badge. */
function HolderRow({ holder, ask }: { holder: Holder; ask: (how: Asking['how']) => void }) {
  const w = words.value
  const d = w.devices
  return (
    <li class="device holder">
      <div>
        <h2>{holder.name}</h2>
        <p>{holder.grants.map((g) => `${w.role[g.role]} · ${g.name}`).join(', ')}</p>
      </div>
      <p class={holder.badge ? 'seen' : 'seen unpaired'}>
        {holder.badge ? d.hasBadge : d.noBadge}
      </p>
      <div class="device-keys">
        <button type="button" class="key" aria-label={w.actOn(holder.badge ? d.changeBadge : d.giveBadge, holder.name)} onClick={() => ask('give')}>
          {holder.badge ? d.changeBadge : d.giveBadge}
        </button>
        {holder.badge && (
          <button type="button" class="key" aria-label={w.actOn(d.removeBadge, holder.name)} onClick={() => ask('remove')}>
            {d.removeBadge}
          </button>
        )}
      </div>
    </li>
  )
}
