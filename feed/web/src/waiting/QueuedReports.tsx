import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { now, timeAndDay } from '../i18n/time'
import { useSession } from '../shell/session'
import { sentence } from './sentence'

/** What this person reported and has not arrived: above the feed it will be part of. */
export function QueuedReports() {
  const { outbox } = useSession()
  const w = words.value
  const reports = outbox.mine.value.filter((item) => item.letter?.kind === 'report')
  if (reports.length === 0) return null
  return (
    <ul class="queued-reports" aria-label={w.outbox.title}>
      {reports.map(({ id, state, typed_at, letter }) => (
        <li key={id}>
          <a href="/waiting">
            <b>{state === 'refused' ? w.outbox.refused : w.outbox.waits}</b> {sentence(letter!, w)}
            <span>{[letter!.text && asRead(letter!.text), w.at(...timeAndDay(w, typed_at, now.value))].filter(Boolean).join(' · ')}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
