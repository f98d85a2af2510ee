import { lang, words } from '../i18n/lang'
import { formatAgo, now } from '../i18n/time'
import { useReading } from '../rules/reading'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'
import { endOthers, readMine } from './mine'

/** Where one is signed in, and the way to end that elsewhere. */
export function MySessions() {
  const { client, say } = useSession()
  const { value, failed, again } = useReading(() => readMine(client), lang.value)
  const w = words.value
  const end = async (): Promise<void> => {
    try {
      await endOthers(client)
      say({ text: words.peek().rights.endedOthers })
    } catch (err) {
      say({ text: explain(words.peek(), err), grave: true })
    }
    again()
  }
  return (
    <section class="mine" aria-labelledby="my-sessions">
      <h2 id="my-sessions">{w.rights.sessions}</h2>
      {failed && <p class="error">{w.rights.notRead}</p>}
      {!failed && !value && <p class="quiet waiting">{w.loading}</p>}
      <ul>
        {value?.sessions.map((s, i) => (
          <li key={i}>
            <b>{s.device ?? w.rights.thisSession}</b> {s.seen_at && <span>{w.rights.seen(formatAgo(w, s.seen_at, now.value))}</span>}
          </li>
        ))}
      </ul>
      {value && value.sessions.length > 1 && (
        <button type="button" class="key" onClick={() => void end()}>
          {w.rights.endOthers}
        </button>
      )}
    </section>
  )
}
