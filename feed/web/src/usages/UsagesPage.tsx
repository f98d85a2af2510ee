import { useMemo } from 'preact/hooks'
import { lang, words } from '../i18n/lang'
import { useReading } from '../rules/reading'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { route } from '../shell/route'
import { useSession } from '../shell/session'
import { Skeleton } from '../shell/Skeleton'
import { Unavailable } from '../shell/Unavailable'
import { Library } from './library'
import { PosterSheet } from './PosterSheet'
import { UsageCard } from './UsageCard'
import './usages.css'

/** *Usages*: what is ready to be installed, or the poster of the group that the address names. */
export function UsagesPage() {
  const { client } = useSession()
  const library = useMemo(() => new Library(client), [client])
  const usages = useReading(library.all, lang.value)
  const page = useFocus<HTMLElement>()
  const at = route.value
  const group = at.at === 'usages' ? at.id : undefined
  const w = words.value
  const title = w.pages.usages
  return (
    <main class="page usages" ref={page} tabIndex={-1} aria-label={title}>
      <PageTop title={title} back={group ? '/usages' : '/'} />
      <LastNews />
      {!usages.value && usages.failed && (
        <Unavailable text={w.unreachable}>
          <button type="button" class="key main" onClick={usages.again}>
            {w.usages.again}
          </button>
        </Unavailable>
      )}
      {!usages.value && !usages.failed && <Skeleton count={3} />}
      {usages.value && group && <PosterSheet usages={usages.value} group={group} />}
      {usages.value && !group && (
        <div class="usages-body">
          <p class="hint usages-says">{w.usages.says}</p>
          <ul class="usage-list">
            {usages.value.map((usage) => (
              <UsageCard key={usage.name} usage={usage} library={library} again={usages.again} />
            ))}
          </ul>
        </div>
      )}
    </main>
  )
}
