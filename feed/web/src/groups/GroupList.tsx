import { useState } from 'preact/hooks'
import { lang, words } from '../i18n/lang'
import { useReading } from '../rules/reading'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import type { Circles } from './circles'
import { GroupRow } from './GroupRow'
import { NewGroup } from './NewGroup'
import { byNews, isMine } from './order'
import { Proposals } from './Proposals'

/** The groups that the reader may know of. */
export function GroupList({ circles }: { circles: Circles }) {
  const { me } = useSession()
  const groups = useReading(circles.all, `${lang.value} ${me.id}`)
  const [making, setMaking] = useState(false)
  const w = words.value
  if (groups.failed) {
    return (
      <Unavailable text={w.unreachable}>
        <button type="button" class="key main" onClick={groups.again}>
          {w.groups.again}
        </button>
      </Unavailable>
    )
  }
  if (!groups.value) return <p class="quiet waiting">{w.loading}</p>
  const mine = groups.value.filter(isMine).sort(byNews)
  const others = groups.value.filter((group) => !isMine(group)).sort(byNews)
  return (
    <div class="groups-body">
      <section aria-label={w.groups.mine}>
        <Proposals circles={circles} onMade={groups.again} />
        <h2>{w.groups.mine}</h2>
        {mine.length === 0 && <p class="quiet">{w.groups.none}</p>}
        <ul class="group-list">
          {mine.map((group) => (
            <GroupRow key={group.id} group={group} />
          ))}
        </ul>
        <h2>{w.groups.others}</h2>
        {others.length === 0 && <p class="quiet">{w.groups.noOthers}</p>}
        <ul class="group-list">
          {others.map((group) => (
            <GroupRow key={group.id} group={group} />
          ))}
        </ul>
      </section>
      {making ? (
        <NewGroup circles={circles} onLeave={() => setMaking(false)} />
      ) : (
        <div class="create-bar">
          <button type="button" class="key main create" onClick={() => setMaking(true)}>
            {w.groups.createTitle}
          </button>
        </div>
      )}
    </div>
  )
}
