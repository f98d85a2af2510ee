import { useSignal } from '@preact/signals'
import type { TrialResult } from '../api/notification'
import { words } from '../i18n/lang'
import { formatTime, now } from '../i18n/time'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'
import { Sign } from '../wire/Sign'

/** Sends oneself a notification, and shows what became of it on each channel. */
export function Trial() {
  const { client, say } = useSession()
  const results = useSignal<TrialResult[] | undefined>(undefined)
  const busy = useSignal(false)
  const w = words.value.notify
  const run = (): void => {
    busy.value = true
    client
      .tryNotification()
      .then(
        (found) => (results.value = found),
        (err: unknown) => say({ text: explain(words.peek(), err), grave: true }),
      )
      .finally(() => (busy.value = false))
  }
  return (
    <div class="trial-notice">
      <h3>{w.trySays}</h3>
      <div role="status">
        <ul>
          {results.value?.map((r) => (
            <Result key={r.channel} result={r} />
          ))}
        </ul>
      </div>
      <button type="button" class="key main" disabled={busy.value} aria-busy={busy.value} onClick={run}>
        {w.try}
      </button>
    </div>
  )
}

function Result({ result: { channel, to, at, answer, fault, detail } }: { result: TrialResult }) {
  const w = words.value
  return (
    <li class={fault ? 'fault' : ''}>
      <Sign mood={fault ? 'major' : 'done'} />
      <p>
        <b>
          {w.notify.channel[channel]}
          {to && ` · ${to}`}
        </b>
        <span>{fault ? `${w.notify.notSent}. ${fault}` : w.notify.arrived(formatTime(w, at, now.value, true))}</span>
        {answer && <span class="quiet">{w.notify.answered(answer)}</span>}
        {detail && <span class="quiet">{detail}</span>}
      </p>
    </li>
  )
}
