import { words } from '../i18n/lang'
import { menuOf } from './menu'
import { usePopover } from './popover'
import { useSession } from './session'

/** The way to all other pages. */
export function MenuKey() {
  const { me } = useSession()
  const { root, open, toggle, onKeyDown } = usePopover()
  const w = words.value
  return (
    <div class="pages-menu" ref={root} onKeyDown={onKeyDown}>
      <button type="button" class="plain" aria-expanded={open} onClick={toggle}>
        {w.steer.menu}
      </button>
      {open && (
        <nav class="menu" aria-label={w.steer.menu}>
          {menuOf(me, w).map(({ page, name }) => (
            <a class="row" key={page} href={`/${page}`} onClick={toggle}>
              {name}
            </a>
          ))}
        </nav>
      )}
    </div>
  )
}
