import { useState } from 'preact/hooks'
import type { Usage } from '../api/usage'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { Gives } from './Gives'
import { InstallForm } from './InstallForm'
import { InUse } from './InUse'
import type { Library } from './library'
import { Preview } from './Preview'

type Props = { usage: Usage; library: Library; again: () => void }

/** One usage: what it gives, where it is in use, and the way to have it. */
export function UsageCard({ usage, library, again }: Props) {
  const [open, setOpen] = useState<'preview' | 'install'>()
  const w = words.value.usages
  const title = asRead(usage.title)
  const toggle = (what: 'preview' | 'install'): void => setOpen(open === what ? undefined : what)
  return (
    <li class="usage" data-usage={usage.name}>
      <h2>{title}</h2>
      <p class="about">{asRead(usage.about)}</p>
      <Gives usage={usage} />
      {usage.installed.map((one) => (
        <InUse key={one.group} usage={usage} at={one} library={library} again={again} />
      ))}
      <div class="usage-keys">
        <button type="button" class="key" aria-expanded={open === 'preview'} aria-label={w.seeOf(title)} onClick={() => toggle('preview')}>
          {w.see}
        </button>
        <button type="button" class="key main" aria-expanded={open === 'install'} aria-label={w.installOf(title)} onClick={() => toggle('install')}>
          {w.install}
        </button>
      </div>
      {open === 'preview' && <Preview usage={usage} />}
      {open === 'install' && (
        <InstallForm
          usage={usage}
          library={library}
          onDone={() => {
            setOpen(undefined)
            again()
          }}
        />
      )}
    </li>
  )
}
