import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { BadgeIcon } from './BadgeIcon'

/** On a station: which one it is, and the way to say who one is. */
export function SayWho() {
  const { me, identify } = useSession()
  const w = words.value.identity
  return (
    <button type="button" class="say-who" aria-label={w.sayWho} onClick={identify}>
      <BadgeIcon />
      <span>
        <small>{me.name}</small>
        <b class="wide">{w.sayWho}</b>
        <b class="narrow">{w.badge}</b>
      </span>
    </button>
  )
}
