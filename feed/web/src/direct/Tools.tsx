import { words } from '../i18n/lang'
import { HeldList } from '../held/HeldList'
import { usePopover } from '../shell/popover'
import { keepsRules, useSession } from '../shell/session'
import { place } from './place'
import { Sources } from './Sources'

/** What is reached from the board: what was held back, whether the sources are heard, and the other pages, in a menu where the bar is short. */
export function Tools() {
  const { root, open, toggle, onKeyDown } = usePopover()
  const pages = usePages()
  return (
    <div class="tools">
      <HeldList territory={place.value} />
      <Sources />
      <nav class="pages" aria-label={words.value.steer.menu}>
        {pages.map(([href, name]) => (
          <a class="plain" key={href} href={href}>
            {name}
          </a>
        ))}
      </nav>
      <div class="pages-menu" ref={root} onKeyDown={onKeyDown}>
        <button type="button" class="plain" aria-expanded={open} onClick={toggle}>
          {words.value.steer.menu}
        </button>
        {open && (
          <nav class="menu" aria-label={words.value.steer.menu}>
            {pages.map(([href, name]) => (
              <a class="key" key={href} href={href} onClick={toggle}>
                {name}
              </a>
            ))}
          </nav>
        )}
      </div>
    </div>
  )
}

/** The pages that this person may open. */
function usePages(): [href: string, name: string][] {
  const { me } = useSession()
  const w = words.value
  const pages: [string, string][] = [['/territories', w.steer.territories]]
  if (keepsRules(me)) pages.push(['/rules', w.rules.title])
  if (me.grants.some((g) => g.role !== 'admin')) pages.push(['/report', w.report])
  return pages
}
