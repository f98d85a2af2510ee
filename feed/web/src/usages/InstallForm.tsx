import { useState } from 'preact/hooks'
import type { Role, Territory } from '../api/types'
import type { Usage } from '../api/usage'
import { within } from '../feed/order'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import { PlaceSelect } from '../territories/PlaceSelect'
import type { Library } from './library'

type Props = { usage: Usage; library: Library; onDone: () => void }

const installers: Role[] = ['manager', 'animator']

/** Where a usage is installed, and the one key that does it all. */
export function InstallForm({ usage, library, onDone }: Props) {
  const { me, say } = useSession()
  const { attempt } = useActs()
  const [place, setPlace] = useState<Territory>()
  const [busy, setBusy] = useState(false)
  const w = words.value.usages
  const roots = me.grants.filter((g) => installers.includes(g.role)).map((g) => g.territory)
  const install = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!place || busy) return
    setBusy(true)
    const done = await attempt(async () => {
      await library.install(usage.name, place.path)
      say({ text: w.installed(asRead(usage.title), place.name) })
    })
    setBusy(false)
    if (done) onDone()
  }
  return (
    <form class="install" aria-label={w.installOf(asRead(usage.title))} onSubmit={(event) => void install(event)}>
      <PlaceSelect
        label={w.where}
        name="place"
        empty={w.choose}
        value={place?.path ?? ''}
        fits={(t) => t.kind !== 'machine' && roots.some((root) => within(t.path, root))}
        onChange={setPlace}
      />
      <button type="submit" class="key main" disabled={!place || busy} aria-busy={busy}>
        {busy ? w.installing : w.doInstall}
      </button>
    </form>
  )
}
