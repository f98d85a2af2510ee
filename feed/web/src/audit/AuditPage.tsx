import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { PageTop } from '../shell/PageTop'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { AuditLines } from './AuditLines'
import { Farewells } from './Farewells'
import { useLog } from './log'
import './audit.css'

/** *Audit*: who did what to whom, and who asked to be forgotten. */
export function AuditPage() {
  const { client } = useSession()
  const { lines, failed, more, again } = useLog('/audit')
  const page = useFocus<HTMLElement>()
  const w = words.value
  return (
    <main class="page audit-page" ref={page} tabIndex={-1} aria-label={w.pages.audit}>
      <PageTop title={w.pages.audit}>
        <a class="key" href={client.url('/audit.csv')} download="audit.csv">
          {w.rights.exportCsv}
        </a>
      </PageTop>
      <div class="audit-body" role="region" aria-label={w.pages.audit} tabIndex={0}>
        <Farewells />
        <p class="quiet">{w.rights.auditSays}</p>
        {failed && (
          <Unavailable text={w.rights.notRead}>
            <button type="button" class="key main" onClick={again}>
              {w.tryAgain}
            </button>
          </Unavailable>
        )}
        {!failed && !lines && <p class="quiet waiting">{w.loading}</p>}
        {lines?.length === 0 && <p class="quiet">{w.rights.auditNone}</p>}
        {lines && lines.length > 0 && <AuditLines lines={lines} label={w.pages.audit} />}
        {more && (
          <button type="button" class="key" onClick={more}>
            {w.rights.more}
          </button>
        )}
      </div>
    </main>
  )
}
