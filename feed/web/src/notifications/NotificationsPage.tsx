import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { useSession } from '../shell/session'
import { Skeleton } from '../shell/Skeleton'
import { Unavailable } from '../shell/Unavailable'
import { useList, type List } from './list'
import { Tiding } from './Tiding'
import './notifications.css'

/** What one is told, the latest first. */
export function NotificationsPage() {
  const page = useFocus<HTMLElement>()
  const { client, feed } = useSession()
  const list = useList(client, feed.tolls.value)
  const w = words.value
  const title = w.pages.notifications
  const unread = list.value?.unread ?? 0
  return (
    <main class="page notifications" ref={page} tabIndex={-1} aria-label={title}>
      <PageTop title={title} of={unread > 0 ? w.notify.unread(unread) : undefined} />
      <LastNews />
      <div class="notifications-body">
        <Content list={list} />
      </div>
      <footer class="notifications-keys">
        <a class="key" href="/me">
          {w.notify.rules}
        </a>
        {unread > 0 && (
          <button type="button" class="key main" onClick={() => void list.readAll()}>
            {w.notify.readAll}
          </button>
        )}
      </footer>
    </main>
  )
}

function Content({ list }: { list: List }) {
  const w = words.value.notify
  const { value, failed, read, more, again } = list
  if (failed && !value) {
    return (
      <Unavailable text={w.failed}>
        <button type="button" class="key main" onClick={again}>
          {w.retry}
        </button>
      </Unavailable>
    )
  }
  if (!value) return <Skeleton count={3} />
  if (value.notifications.length === 0) {
    return (
      <div class="nothing">
        <h2>{w.none}</h2>
        <p class="quiet">{w.noneSays}</p>
      </div>
    )
  }
  return (
    <>
      <ul class="tidings">
        {value.notifications.map((n) => (
          <Tiding key={n.id} told={n} onOpen={() => void read(n)} />
        ))}
      </ul>
      {value.next ? (
        <button type="button" class="key" onClick={() => void more()}>
          {w.more}
        </button>
      ) : (
        <p class="quiet end">{w.end}</p>
      )}
    </>
  )
}
