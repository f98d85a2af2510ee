import { useEffect } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { PageTop } from '../shell/PageTop'
import { articlePath, go } from '../shell/route'
import { onHeard } from './heard'
import { Viewer } from './Viewer'

/** The scanner: the first article that it reads is opened. */
export function ScanPage() {
  const page = useFocus<HTMLElement>()
  const w = words.value.shop
  const show = (code: string): void => go(articlePath(code))
  useEffect(() => onHeard(show), [])
  return (
    <main class="page scan" ref={page} tabIndex={-1} aria-label={w.scanTitle}>
      <PageTop title={w.scanTitle} />
      <Viewer onCode={show} />
      <nav class="page-keys" aria-label={words.value.mainActions}>
        <a class="key" href="/round">
          {w.roundTitle}
        </a>
        <a class="key main" data-guide="code" href="/code">
          {w.typeCode}
        </a>
      </nav>
    </main>
  )
}
