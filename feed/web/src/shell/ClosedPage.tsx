import { words } from '../i18n/lang'
import { closedOf } from './closed'
import { useFocus } from './focus'
import { PageTop } from './PageTop'
import type { PageName } from './route'
import { useSession } from './session'

/** A page that somebody's role does not open: why not, and where to look. */
export function ClosedPage({ page }: { page: PageName }) {
  const { me, identify } = useSession()
  const main = useFocus<HTMLElement>()
  const w = words.value
  const names: Partial<Record<PageName, string>> = w.pages
  const { why, instead, identify: asks } = closedOf(page, me, w)
  return (
    <main class="page closed-page" ref={main} tabIndex={-1} aria-label={names[page] ?? w.rights.closed.title}>
      <PageTop title={names[page] ?? w.rights.closed.title} />
      <section class="sheet">
        <p>{why}</p>
        {instead && (
          <a class="key main" href={`/${instead}`}>
            {names[instead]}
          </a>
        )}
        {asks && (
          <button type="button" class="key main" onClick={identify}>
            {w.rights.closed.identify}
          </button>
        )}
      </section>
    </main>
  )
}
