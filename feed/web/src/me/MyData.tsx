import { useState } from 'preact/hooks'
import { ConfirmDialog } from '../devices/ConfirmDialog'
import { lang, words } from '../i18n/lang'
import { useReading } from '../rules/reading'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'
import { bid, readMine } from './mine'

/** What is kept of one: to take along, or to have forgotten. */
export function MyData() {
  const { client, say } = useSession()
  const { value, again } = useReading(() => readMine(client), lang.value)
  const [asking, setAsking] = useState(false)
  const w = words.value
  const leave = async (on: boolean): Promise<void> => {
    setAsking(false)
    try {
      await bid(client, on)
    } catch (err) {
      say({ text: explain(words.peek(), err), grave: true })
    }
    again()
  }
  return (
    <section class="mine" aria-labelledby="my-data">
      <h2 id="my-data">{w.rights.mine}</h2>
      <p>{w.rights.mineSays}</p>
      <div class="mine-keys">
        <a class="key main" href={client.url('/me/export')} download="fildefer.zip">
          {w.rights.exportMine}
        </a>
        {value && !value.leaving && (
          <button type="button" class="plain" onClick={() => setAsking(true)}>
            {w.rights.leave}
          </button>
        )}
      </div>
      {value?.leaving && (
        <p class="leaving" role="status">
          {w.rights.leaving}{' '}
          <button type="button" class="plain" onClick={() => void leave(false)}>
            {w.rights.stay}
          </button>
        </p>
      )}
      {asking && (
        <ConfirmDialog title={w.rights.leaveTitle} text={w.rights.leaveSays} act={w.rights.confirm} onDone={() => void leave(true)} onClose={() => setAsking(false)} />
      )}
    </section>
  )
}
