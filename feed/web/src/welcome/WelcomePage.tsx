import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { PageTop } from '../shell/PageTop'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'

/** An invitation opened where somebody is signed in already: one has to leave first. */
export function WelcomePage() {
  const { me, signOut } = useSession()
  const page = useFocus<HTMLElement>()
  const w = words.value
  return (
    <main class="page" ref={page} tabIndex={-1} aria-label={w.pages.welcome}>
      <PageTop title={w.pages.welcome} />
      <Unavailable text={w.rights.already(me.name)}>
        <button type="button" class="key main" onClick={signOut}>
          {w.signOut}
        </button>
      </Unavailable>
    </main>
  )
}
