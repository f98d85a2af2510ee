import { useState } from 'preact/hooks'
import type { Me } from '../api/types'
import { words } from '../i18n/lang'
import { Languages } from '../shell/Choices'
import { useFocus } from '../shell/focus'
import { lazy } from '../shell/lazy'
import { useSession } from '../shell/session'
import { useIdentify } from '../signin/identify'
import { NameField } from '../signin/NameField'
import { People } from '../signin/People'
import { PinPad } from '../signin/PinPad'
import { BadgeIcon } from './BadgeIcon'
import '../signin/signin.css'

const Viewer = lazy(async () => (await import('../scan/Viewer')).Viewer)
const badgeIn = (raw: string): string => raw.trim()

type Props = {
  onDone: (me: Me) => void
  /** A badge that the camera read. */
  onBadge: (badge: string) => void
  onLeave: () => void
}

/** *Qui êtes-vous ?* beside what one reads, which stays in reach: a badge, or a name and its code. */
export function WhoPanel({ onDone, onBadge, onLeave }: Props) {
  const [camera, setCamera] = useState(false)
  const { client } = useSession()
  const { people, member, error, pick, enter, leave } = useIdentify(client, onDone)
  const panel = useFocus<HTMLElement>()
  const w = words.value
  return (
    <aside
      class="who-panel"
      ref={panel}
      tabIndex={-1}
      role="dialog"
      aria-label={w.identity.who}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape' && !member) onLeave()
      }}
    >
      {!member && (
        <p class="present">
          <BadgeIcon />
          <b>{w.identity.presentBadge}</b>
          {people !== 'none' && <span>{w.identity.orTouch}</span>}
        </p>
      )}
      <div class="who-body">
        {camera ? (
          <Viewer onCode={onBadge} read={badgeIn} />
        ) : member ? (
          <PinPad name={member.name} length={member.digits} error={error} onPin={enter} onLeave={leave} />
        ) : people === 'none' ? (
          <NameField onName={(name) => pick({ id: name, name })} />
        ) : people?.length === 0 ? (
          <p class="quiet">{w.identity.nobodyListed}</p>
        ) : (
          <People people={people ?? []} onPick={pick} />
        )}
      </div>
      {!member && (
        <footer>
          <Languages keep />
          <button type="button" class="key" aria-pressed={camera} onClick={() => setCamera(!camera)}>
            {camera ? w.identity.noCamera : w.identity.camera}
          </button>
          <button type="button" class="key" onClick={onLeave}>
            {w.cancel}
          </button>
        </footer>
      )}
    </aside>
  )
}
