import { useMemo, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { go } from '../shell/route'
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
      <header class="page-top">
        <button type="button" class="plain back" onClick={() => go('/')}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M15 4l-8 8 8 8" />
          </svg>
          {w.back}
        </button>
        <h1>{w.devices.title}</h1>
        <nav class="sections" aria-label={w.devices.title}>
          {sections.map((name) => (
            <button type="button" key={name} aria-pressed={section === name} onClick={() => setSection(name)}>
              {w.devices.sections[name]}
            </button>
          ))}
        </nav>
      </header>
      <LastNews />
      <div class="devices-body">{section === 'devices' ? <Devices desk={desk} /> : <Badges desk={desk} />}</div>
    </main>
  )
}
