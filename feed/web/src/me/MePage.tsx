import { words } from '../i18n/lang'
import { Notices } from './Notices'
import { useFocus } from '../shell/focus'
import { Presence } from './Presence'
import { Skills } from './Skills'
import { PageTop } from '../shell/PageTop'

export function MePage() {
  const page = useFocus<HTMLElement>()
  const title = words.value.pages.me
  return (
    <main class="page" ref={page} tabIndex={-1} aria-label={title}>
      <PageTop title={title} />
      <div class="people-body">
        <Presence />
        <Skills />
        <Notices />
      </div>
    </main>
  )
}
