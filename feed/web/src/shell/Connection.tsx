import { useSession } from './session'
import { words } from '../i18n/lang'

/** Whether what is on the screen is live. */
export function Connection() {
  const { feed } = useSession()
  const link = feed.link.value
  return (
    <p class={`connection ${link}`} role="status">
      <i aria-hidden="true" />
      {words.value[link]}
    </p>
  )
}
