import type { Provenance } from '../api/types'
import { words } from '../i18n/lang'
import { formatTime, now } from '../i18n/time'
import { originOf } from './origin'

type Row = [name: string, value: string | undefined]

/** Where a machine's post comes from, to the file and its row. */
export function ProvenanceList({ provenance: p, unit }: { provenance: Provenance; unit?: string | undefined }) {
  const w = words.value
  const time = (at?: string): string | undefined => at && formatTime(w, at, now.value, true)
  const quality = p.quality && [w.qualities[p.quality] ?? p.quality, p.status].filter(Boolean).join(' · ')
  const rows: Row[] = [
    [w.source, w.sourceName[p.source] ?? p.source],
    ...originOf(p.attr ?? {}, unit, w, now.value),
    [w.rule, p.rule],
    [w.sourceTime, time(p.at)],
    [w.receivedTime, time(p.received)],
    [w.quality, quality],
    [w.eventId, p.event],
  ]
  return (
    <section class="provenance" aria-label={w.provenance}>
      <h3>{w.provenance}</h3>
      <dl>
        {rows
          .filter(([, value]) => value)
          .map(([name, value], i) => (
            <div key={i}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}
