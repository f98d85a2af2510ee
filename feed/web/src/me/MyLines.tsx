import { AuditLines } from '../audit/AuditLines'
import '../audit/audit.css'
import { useLog } from '../audit/log'
import { words } from '../i18n/lang'

/** What the audit log tells of one. */
export function MyLines() {
  const { lines, failed, more } = useLog('/me/audit')
  const w = words.value
  return (
    <section class="mine-lines" aria-labelledby="my-lines">
      <h2 id="my-lines">{w.rights.myLines}</h2>
      {failed && <p class="error">{w.rights.notRead}</p>}
      {!failed && !lines && <p class="quiet waiting">{w.loading}</p>}
      {lines?.length === 0 && <p class="quiet">{w.rights.auditNone}</p>}
      {lines && lines.length > 0 && <AuditLines lines={lines} label={w.rights.myLines} />}
      {more && (
        <button type="button" class="key" onClick={more}>
          {w.rights.more}
        </button>
      )}
    </section>
  )
}
