import { words } from '../i18n/lang'
import { menuOf } from '../shell/menu'
import { useSession } from '../shell/session'
import { TopBar } from '../shell/TopBar'
import { Sources } from '../direct/Sources'
import './office.css'

/** *Administration*: the pages of who keeps Fildefer running and reads none of what is said in it. */
export function OfficeScreen() {
  const { me } = useSession()
  const w = words.value
  return (
    <>
      <TopBar title={w.office} place={me.grants.map((g) => g.name).slice(0, 2).join(' · ')}>
        <Sources />
      </TopBar>
      <main class="office-body">
        <p class="quiet">{w.rights.officeSays}</p>
        <ul>
          {menuOf(me, w).map(({ page, name }) => (
            <li key={page}>
              <a class="sheet" href={`/${page}`}>
                <b>{name}</b>
                <span>{w.rights.about[page]}</span>
              </a>
            </li>
          ))}
        </ul>
      </main>
    </>
  )
}
