import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { AddDevice } from './AddDevice'
import { CodeCard } from './CodeCard'
import { ConfirmDialog } from './ConfirmDialog'
import type { Desk, Paired } from './desk'
import { DeviceRow } from './DeviceRow'
import { useListing } from './listing'

/** The shared screens of one's places, and the way to a new one. */
export function Devices({ desk }: { desk: Desk }) {
  const { say } = useSession()
  const { rows, failed, again, change } = useListing(desk.devices)
  const [coded, setCoded] = useState<Paired>()
  const [lost, setLost] = useState<Paired>()
  const w = words.value
  const code = async (work: () => Promise<Paired>): Promise<boolean> => {
    const device = await change(work)
    if (device) setCoded(device)
    return device !== undefined
  }
  const revoke = async ({ id, name }: Paired): Promise<void> => {
    setLost(undefined)
    if (coded?.id === id) setCoded(undefined)
    const done = await change(async () => (await desk.revoke(id), true))
    if (done) say({ text: words.peek().devices.revoked(name) })
  }
  return (
    <>
      {coded?.code && <CodeCard device={coded} onClose={() => setCoded(undefined)} />}
      {failed && (
        <Unavailable text={w.devices.notRead}>
          <button type="button" class="key main" onClick={again}>
            {w.tryAgain}
          </button>
        </Unavailable>
      )}
      {!failed && !rows && <p class="quiet">{w.loading}</p>}
      {rows?.length === 0 && <p class="none">{w.devices.none}</p>}
      {rows && rows.length > 0 && (
        <ul class="device-list">
          {rows.map((device) => (
            <DeviceRow key={device.id} device={device} onCode={() => void code(() => desk.newCode(device.id))} onRevoke={() => setLost(device)} />
          ))}
        </ul>
      )}
      <AddDevice onAdd={(device) => code(() => desk.add(device))} />
      {lost && (
        <ConfirmDialog
          title={w.devices.revokeTitle(lost.name)}
          text={w.devices.revokeSays}
          act={w.devices.revoke}
          onDone={() => void revoke(lost)}
          onClose={() => setLost(undefined)}
        />
      )}
    </>
  )
}
