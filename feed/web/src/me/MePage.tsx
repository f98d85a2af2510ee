import { words } from '../i18n/lang'
import { Notices } from './Notices'
import { useFocus } from '../shell/focus'
import { Presence } from './Presence'
import { Skills } from './Skills'
import { OwnEmbassiesBox } from '../life/OwnEmbassiesBox'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { MyAccount } from './MyAccount'
import { MyData } from './MyData'
import { MyLines } from './MyLines'
import { MySessions } from './MySessions'
import './me.css'

/** *Mes réglages*: what one decides for oneself, and what is kept of one. Settings of other rooms are sections of their own, above. */
export function MePage() {
  const page = useFocus<HTMLElement>()
  const title = words.value.pages.me
  return (
    <main class="page me-page" ref={page} tabIndex={-1} aria-label={title}>
      <PageTop title={title} />
      <LastNews />
      <div class="me-body">
        <Presence />
        <Skills />
        <OwnEmbassiesBox />
        <Notices />
        <MyAccount />
        <MySessions />
        <MyData />
        <MyLines />
      </div>
    </main>
  )
}
