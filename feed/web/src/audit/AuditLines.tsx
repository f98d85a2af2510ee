import type { AuditLine } from '../api/rights'
import { words } from '../i18n/lang'
import { now, timeAndDay } from '../i18n/time'
import { detailOf } from './detail'

/** Lines of the audit log, the latest first. */
export function AuditLines({ lines, label }: { lines: AuditLine[]; label: string }) {
  const w = words.value
  const r = w.rights
  return (
    <div class="audit-scroll">
      <table class="audit-lines" aria-label={label}>
        <thead>
          <tr>
            {[r.when, r.what, r.who, r.whom, r.where, r.precision].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.n}>
              <td data-name={r.when}>
                <time dateTime={line.at}>{w.at(...timeAndDay(w, line.at, now.value))}</time>
              </td>
              <td data-name={r.what}>
                <b>{r.actions[line.action] ?? line.action}</b>
              </td>
              <td data-name={r.who}>{line.actor ?? r.commandLine}</td>
              <td data-name={r.whom}>{line.subject}</td>
              <td data-name={r.where}>{line.place_name}</td>
              <td data-name={r.precision}>{detailOf(line, w)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
