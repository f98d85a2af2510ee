import type { Notification } from '../api/notification'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAgo, now } from '../i18n/time'
import { postPath } from '../shell/route'
import { Sign } from '../wire/Sign'

type Props = { told: Notification; onOpen: () => void }

/** One thing that one is told: why, what, where and when. A touch opens it. */
export function Tiding({ told, onOpen }: Props) {
  const w = words.value
  const grave = told.why === 'critical' || told.urgent
  return (
    <li class={`tiding ${told.unread ? 'unread' : ''}`}>
      <a href={told.post ? postPath(told.post) : (told.page ?? '/')} onClick={onOpen}>
        <span class="why">
          {grave && <Sign mood="critical" />}
          <b>{w.notify.why[told.why]}</b>
          {told.place_name && <span>{told.place_name}</span>}
          <time dateTime={told.at}>{formatAgo(w, told.at, now.value)}</time>
        </span>
        <span class="text">{asRead(told.text)}</span>
        {told.unread && <em>{w.notify.fresh}</em>}
      </a>
    </li>
  )
}
