import { useEffect, useState } from 'preact/hooks'
import { lang, words } from '../i18n/lang'
import { useReading } from '../rules/reading'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import type { Circles } from './circles'
import { GroupRow } from './GroupRow'
import { NewGroup } from './NewGroup'
import { byNews, isMine } from './order'
import { ProposalForm } from './ProposalForm'
import { Proposals } from './Proposals'

const every = 15_000

/** The groups that the reader may know of. */
export function GroupList({ circles }: { circles: Circles }) {
  const { me } = useSession()
  const groups = useReading(circles.all, `${lang.value} ${me.id}`)
  const proposed = useReading(circles.proposals, `${lang.value} ${me.id}`)
  const [making, setMaking] = useState<'group' | 'place'>()
  const w = words.value
  const changed = (): void => {
    groups.again()
    proposed.again()
  }
  // Others answer while one looks.
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && changed(), every)
    return () => clearInterval(timer)
  }, [groups.again, proposed.again])
  const leave = (): void => setMaking(undefined)
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
        {proposed.value && <Proposals circles={circles} proposals={proposed.value.proposals} onChanged={changed} />}
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
      {making === 'group' && <NewGroup circles={circles} onLeave={leave} />}
      {making === 'place' && (
        <ProposalForm
          circles={circles}
          peers={proposed.value?.colleagues ?? []}
          onLeave={leave}
          onSent={() => {
            leave()
            changed()
          }}
        />
      )}
      {!making && (
        <div class="create-bar">
          <button type="button" class="key main create" onClick={() => setMaking('group')}>
            {w.groups.createTitle}
          </button>
          <button type="button" class="key suggest" disabled={!proposed.value} onClick={() => setMaking('place')}>
            {w.groups.propose.start}
          </button>
          {proposed.value?.colleagues.length === 0 && <p class="hint">{w.groups.propose.alone}</p>}
        </div>
      )}
    </div>
  )
}
