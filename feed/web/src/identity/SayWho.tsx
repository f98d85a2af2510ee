import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { BadgeIcon } from './BadgeIcon'
import './who.css'

/** On a station: which one it is, and the way to say who one is. */
export function SayWho() {
  const { me, identify } = useSession()
  return (
    <button type="button" class="say-who" onClick={identify}>
      <BadgeIcon />
      <span>
        <small>{me.name}</small>
        <b>{words.value.identity.sayWho}</b>
      </span>
    </button>
  )
}
