import { useState } from 'preact/hooks'
import { read, write } from '../api/request'
import type { Farewell } from '../api/rights'
import { ConfirmDialog } from '../devices/ConfirmDialog'
import { useListing } from '../devices/listing'
import { words } from '../i18n/lang'
import { formatAgo, now } from '../i18n/time'
import { useSession } from '../shell/session'

/** Who asked to be forgotten, for whoever may approve it. */
export function Farewells() {
  const { client, say } = useSession()
  const { rows, change } = useListing(async () => (await read<{ farewells: Farewell[] }>(client.url('/farewells'))).body.farewells)
  const [leaving, setLeaving] = useState<Farewell>()
  const w = words.value
  if (!rows || rows.length === 0) return null
  const erase = async ({ id, name }: Farewell): Promise<void> => {
    setLeaving(undefined)
    const done = await change(async () => (await write('POST', client.url(`/farewells/${encodeURIComponent(id)}`)), true))
    if (done) say({ text: words.peek().rights.erased(name) })
  }
  return (
    <section class="farewells" aria-labelledby="farewells">
      <h2 id="farewells">{w.rights.farewells}</h2>
      <ul>
        {rows.map((one) => (
          <li key={one.id}>
            <p>
              <b>{one.name}</b> {w.rights.asked(formatAgo(w, one.at, now.value))}
            </p>
            <button type="button" class="key" aria-label={w.actOn(w.rights.erase, one.name)} onClick={() => setLeaving(one)}>
              {w.rights.erase}
            </button>
          </li>
        ))}
      </ul>
      {leaving && (
        <ConfirmDialog
          title={w.rights.eraseTitle(leaving.name)}
          text={w.rights.eraseSays}
          act={w.rights.erase}
          onDone={() => void erase(leaving)}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </section>
  )
}
