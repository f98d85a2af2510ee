import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { PageTop } from '../shell/PageTop'

export function AuditPage() {
  const page = useFocus<HTMLElement>()
  const title = words.value.pages.audit
  return (
    <main class="page" ref={page} tabIndex={-1} aria-label={title}>
      <PageTop title={title} />
    </main>
  )
}
