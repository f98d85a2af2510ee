import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { Notices } from './Notices'
import { useFocus } from '../shell/focus'
import { Presence } from './Presence'
import { Skills } from './Skills'
import { OwnEmbassiesBox } from '../life/OwnEmbassiesBox'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { brings } from '../signin/company'
import { MyAccount } from './MyAccount'
import { MyData } from './MyData'
import { MyLines } from './MyLines'
import { MySessions } from './MySessions'
import './me.css'

/** *Mes réglages*: what one decides for oneself, and what is kept of one. Settings of other rooms are sections of their own, above. */
export function MePage() {
  const page = useFocus<HTMLElement>()
  const [news] = useState(() => brings(location.hash)) // what came of the last act stands first
  const title = words.value.pages.me
  return (
    <main class="page me-page" ref={page} tabIndex={-1} aria-label={title}>
      <PageTop title={title} />
      <LastNews />
      <div class="me-body">
        {news && <MyAccount />}
        <Presence />
        <Skills />
        <OwnEmbassiesBox />
        <Notices />
        {!news && <MyAccount />}
        <MySessions />
        <MyData />
        <MyLines />
      </div>
    </main>
  )
}
