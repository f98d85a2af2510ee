import { words } from '../i18n/lang'
import { useSession } from '../shell/session'

/** The keys of the line, where the hands are. */
export function Dock() {
  const { me, asPerson, signOut } = useSession()
  const w = words.value
  return (
    <nav class="dock" aria-label={w.mainActions}>
      <a class="key main" href="/report">
        {w.report}
      </a>
      <a class="key" href="/handover">
        {w.lines.handOver}
      </a>
      {me.station && (
        <button type="button" class="key" onClick={() => asPerson(() => undefined)}>
          {w.lines.badge}
        </button>
      )}
      {me.device && !me.station && (
        <button type="button" class="key" onClick={signOut}>
          {w.lines.leave}
        </button>
      )}
    </nav>
  )
}
