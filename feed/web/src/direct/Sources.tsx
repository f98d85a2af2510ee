import type { Source } from '../api/types'
import { lang, words } from '../i18n/lang'
import { formatNumber } from '../i18n/number'
import { formatAge, now } from '../i18n/time'
import { usePoll } from '../shell/poll'
import { usePopover } from '../shell/popover'
import { useSession } from '../shell/session'
import { sourceDetail } from './source'
import { Sign } from '../wire/Sign'

const every = 10_000

/** Whether machines and ERP are heard, for those who keep them running. */
export function Sources() {
  const { me, client, feed } = useSession()
  const allowed = me.grants.some((g) => g.role === 'manager' || g.role === 'admin')
  const sources = usePoll(allowed ? client.sources : async () => [], every, lang.value)
  const { root, open, toggle, onKeyDown } = usePopover()
  if (!sources?.length) return null
  const w = words.value
  const silent = feed.silentSince.value !== undefined
  const up = sources.filter((s) => s.state === 'up').length
  return (
    <div class="sources" ref={root} onKeyDown={onKeyDown}>
      <button type="button" class="plain" aria-expanded={open} onClick={toggle}>
        {(silent || up < sources.length) && <Sign mood="major" />}
        <span class="wide">{w.sources}</span> <b>{silent ? w.sourcesUnknown : w.sourcesUp(up, sources.length)}</b>
      </button>
      {open && !silent && (
        <ul class="menu">
          {sources.map((source) => (
            <SourceRow key={source.name} source={source} />
          ))}
        </ul>
      )}
    </div>
  )
}

function SourceRow({ source }: { source: Source }) {
  const w = words.value
  const down = source.state === 'down'
  return (
    <li class={source.state}>
      <Sign mood={down ? 'major' : 'done'} />
      <p>
        <b>{source.name}</b> <span>{w.sourceKind[source.kind] ?? source.kind}</span>
        <strong>{w.sourceState[source.state]}</strong>
      </p>
      <p class="counts">
        {w.accepted(formatNumber(w.locale, source.accepted))}
        {source.rejected > 0 && ` · ${w.rejected(formatNumber(w.locale, source.rejected))}`}
        {source.last_event && ` · ${w.lastEvent(formatAge(w, source.last_event, now.value))}`}
      </p>
      {source.detail && <p class="detail">{sourceDetail(source.detail, w)}</p>}
    </li>
  )
}
