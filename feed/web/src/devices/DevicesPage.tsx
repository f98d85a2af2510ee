import { useMemo, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { useSession } from '../shell/session'
import { Badges } from './Badges'
import { Desk } from './desk'
import { Devices } from './Devices'
import './devices.css'

const sections = ['devices', 'badges'] as const

/** *Appareils*: the shared screens, how each is paired and lost, and whose badge is whose. */
export function DevicesPage() {
  const { client } = useSession()
  const desk = useMemo(() => new Desk(client), [client])
  const [section, setSection] = useState<(typeof sections)[number]>('devices')
  const page = useFocus<HTMLElement>()
  const w = words.value
  return (
    <main class="page devices" ref={page} tabIndex={-1} aria-label={w.devices.title}>
      <PageTop title={w.devices.title}>
        <nav class="sections" aria-label={w.devices.title}>
          {sections.map((name) => (
            <button type="button" key={name} aria-pressed={section === name} onClick={() => setSection(name)}>
              {w.devices.sections[name]}
            </button>
          ))}
        </nav>
      </PageTop>
      <LastNews />
      <div class="devices-body">{section === 'devices' ? <Devices desk={desk} /> : <Badges desk={desk} />}</div>
    </main>
  )
}
