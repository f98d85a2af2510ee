import { words } from '../i18n/lang'
import { formatAgo, now } from '../i18n/time'
import type { Paired } from './desk'
import { DeviceIcon } from './DeviceIcon'

type Props = { device: Paired; onCode: () => void; onRevoke: () => void }

/** One shared screen: where it is, when it was last seen, and what is done when it changes or is lost. */
export function DeviceRow({ device, onCode, onRevoke }: Props) {
  const w = words.value
  const { name, kind, place_name, paired_at, seen_at } = device
  return (
    <li class="device">
      <DeviceIcon kind={kind} />
      <div>
        <h2>{name}</h2>
        <p>
          {place_name} · {w.devices.kinds[kind]}
        </p>
      </div>
      <p class={paired_at ? 'seen' : 'seen unpaired'}>
        {paired_at ? `${w.devices.seen} ${formatAgo(w, seen_at ?? paired_at, now.value)}` : w.devices.waiting}
      </p>
      <div class="device-keys">
        <button type="button" class="key" aria-label={w.actOn(w.devices.newCode, name)} onClick={onCode}>
          {w.devices.newCode}
        </button>
        <button type="button" class="key" aria-label={w.actOn(w.devices.revoke, name)} onClick={onRevoke}>
          {w.devices.revoke}
        </button>
      </div>
    </li>
  )
}
