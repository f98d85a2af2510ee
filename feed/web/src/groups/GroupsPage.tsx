import { useMemo } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { route } from '../shell/route'
import { useSession } from '../shell/session'
import { Circles } from './circles'
import { GroupList } from './GroupList'
import { OneGroup } from './OneGroup'
import './groups.css'

/** *Groupes*: one's own and those one may discover, or one of them. */
export function GroupsPage() {
  const { client } = useSession()
  const circles = useMemo(() => new Circles(client), [client])
  const page = useFocus<HTMLElement>()
  const at = route.value
  const id = at.at === 'groups' ? at.id : undefined
  const title = words.value.pages.groups
  return (
    <main class="page groups" ref={page} tabIndex={-1} aria-label={title}>
      {id === undefined && <PageTop title={title} />}
      {id === undefined && <LastNews />}
      {id === undefined ? <GroupList circles={circles} /> : <OneGroup key={id} circles={circles} id={id} />}
    </main>
  )
}
