import type { ComponentChildren } from 'preact'
import { words } from '../i18n/lang'
import { QueuedReports } from '../waiting/QueuedReports'
import { Skeleton } from './Skeleton'
import { Unavailable } from './Unavailable'
import { useSession } from './session'

/** The feed once it is there; before, its place; without it, what to do. */
export function FeedState({ skeletons, children }: { skeletons: number; children: ComponentChildren }) {
  const { feed } = useSession()
  const w = words.value
  switch (feed.state.value) {
    case 'loading':
      return <Skeleton count={skeletons} />
    case 'failed':
      return (
        <>
          <QueuedReports />
          <Unavailable text={w.unreachable}>
            <button type="button" class="key main" onClick={() => void feed.start()}>
              {w.tryAgain}
            </button>
          </Unavailable>
        </>
      )
    default:
      return (
        <>
          <QueuedReports />
          {children}
        </>
      )
  }
}
