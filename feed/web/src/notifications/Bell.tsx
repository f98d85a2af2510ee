import { words } from '../i18n/lang'
import { useUnread } from './unread'
import './bell.css'

const most = 99

/** How much one was told and has not read, and the way there. */
export function Bell() {
  const unread = useUnread() ?? 0
  const w = words.value
  const says = w.notify.unread(unread)
  return (
    <a class="bell" href="/notifications" aria-label={`${w.pages.notifications}, ${says}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4" />
      </svg>
      {unread > 0 && <b aria-hidden="true">{unread > most ? `${most}+` : unread}</b>}
      <span class="spoken" role="status">
        {unread > 0 ? says : ''}
      </span>
    </a>
  )
}
