import { useSignal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { Kind } from '../api/types'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { idOf } from '../shell/route'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { NoticeTiles } from './NoticeTiles'
import { ownPlaces, placesMeant } from './population'
import { PublishForm } from './PublishForm'
import '../report/report.css'
import './publish.css'

export type Published = Extract<Kind, 'must-read' | 'announcement'>

/** *Diffuser*: a notice that each person reads, or an announcement, to the people of some places. */
export function PublishPage() {
  const { me } = useSession()
  const page = useFocus<HTMLElement>()
  const kind = useSignal<Published>('must-read')
  const own = ownPlaces(me)
  const [meant] = useState(placesMeant(own, idOf('publish')))
  const title = words.value.pages.publish
  return (
    <main class="page publish" ref={page} tabIndex={-1} aria-label={title}>
      <PageTop title={title} />
      <LastNews />
      {own.length === 0 ? (
        <Unavailable text={words.value.groups.nowhere} />
      ) : (
        <div class="report-body">
          <NoticeTiles chosen={kind.value} onPick={(next) => (kind.value = next)} />
          <PublishForm kind={kind.value} own={own} meant={meant} />
        </div>
      )}
    </main>
  )
}
