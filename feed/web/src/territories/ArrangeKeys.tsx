import { useEffect, useRef, useState } from 'preact/hooks'
import type { PlaceDetail } from '../api/place'
import { ConfirmDialog } from '../devices/ConfirmDialog'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { go, pagePath } from '../shell/route'
import { useSession } from '../shell/session'
import { AddForm } from './AddForm'
import { MoveForm } from './MoveForm'
import { PlaceForm } from './PlaceForm'
import type { Survey } from './survey'

const works = ['edit', 'add', 'move', 'close'] as const
type Work = (typeof works)[number]

type Props = { place: PlaceDetail; survey: Survey; /** What is open at first. */ begin?: Work | undefined; onChange: (place: PlaceDetail) => void }

/** What whoever arranges the tree does to a place, one thing at a time. */
export function ArrangeKeys({ place, survey, begin, onChange }: Props) {
  const { say } = useSession()
  const { attempt } = useActs()
  const [work, setWork] = useState<Work | undefined>(begin)
  const keys = useRef<HTMLElement>(null)
  useEffect(() => {
    if (begin) keys.current?.focus()
  }, [])
  const p = words.value.places
  const offered = works.filter((one) => place.above.length > 0 || one === 'edit' || one === 'add')
  const done = (next: PlaceDetail, text: string): void => {
    setWork(undefined)
    say({ text })
    if (next.path === place.path) onChange(next)
    else go(pagePath('territories', next.path))
  }
  const close = (): void => {
    setWork(undefined)
    void attempt(() => survey.close(place.path)).then((closed) => {
      if (!closed) return
      say({ text: p.closed(place.name) })
      go(place.above[0] ? pagePath('territories', place.above[0].path) : '/territories')
    })
  }
  return (
    <section class="arrange" ref={keys} tabIndex={-1}>
      <div class="place-keys">
        {offered.map((one) => (
          <button type="button" class="key" key={one} aria-expanded={one === 'close' ? undefined : work === one} onClick={() => setWork(work === one ? undefined : one)}>
            {p[one]}
          </button>
        ))}
      </div>
      {work === 'edit' && <PlaceForm place={place} survey={survey} onDone={(next) => done(next, p.saved(next.name))} />}
      {work === 'add' && <AddForm place={place} survey={survey} onDone={(next) => done(next, p.added(next.name))} />}
      {work === 'move' && <MoveForm place={place} survey={survey} onDone={(next) => done(next, p.moved(next.name, next.above[0]?.name ?? ''))} />}
      {work === 'close' && <ConfirmDialog title={p.closeTitle(place.name)} text={p.closeSays} act={p.close} onDone={close} onClose={() => setWork(undefined)} />}
    </section>
  )
}
