import { HeldList } from '../held/HeldList'
import { words } from '../i18n/lang'
import { menuOf } from '../shell/menu'
import type { PageName } from '../shell/route'
import { useSession } from '../shell/session'
import { place } from './place'
import { Sources } from './Sources'

const near: PageName[] = ['decisions', 'territories', 'publish', 'balance', 'rules']

/** What is reached from the board: what was held back, whether the sources are heard, and the pages that who steers opens most. */
export function Tools() {
  const { me } = useSession()
  const w = words.value
  return (
    <div class="tools">
      <HeldList territory={place.value} />
      <Sources />
      <nav class="pages" aria-label={w.steer.menu}>
        {menuOf(me, w)
          .filter(({ page }) => near.includes(page))
          .map(({ page, name }) => (
            <a class="plain" key={page} href={`/${page}`}>
              {name}
            </a>
          ))}
      </nav>
    </div>
  )
}
