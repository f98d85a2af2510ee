import { useSession } from './session'
import { words } from '../i18n/lang'

/** Whether what is on the screen is live. */
export function Connection() {
  const { feed } = useSession()
  const w = words.value
  const loading = feed.state.value === 'loading'
  // Past all hope of an instant, a line is not coming back: it is down.
  const link = feed.silentSince.value === undefined ? feed.link.value : 'offline'
  return (
    <p class={`connection ${loading ? '' : link}`} role="status">
      <i aria-hidden="true" />
      {loading ? w.loading : w[link]}
    </p>
  )
}
