import { useState } from 'preact/hooks'
import type { Usage, UsageInstalled } from '../api/usage'
import { ConfirmDialog } from '../devices/ConfirmDialog'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { useActs } from '../post/acts'
import { pagePath, postPath } from '../shell/route'
import { useSession } from '../shell/session'
import type { Library } from './library'

type Props = { usage: Usage; at: UsageInstalled; library: Library; again: () => void }

/** A usage at a place: the way to each thing that it made, and out of use. */
export function InUse({ usage, at, library, again }: Props) {
  const { say } = useSession()
  const { attempt } = useActs()
  const [asking, setAsking] = useState(false)
  const w = words.value.usages
  const title = asRead(usage.title)
  const uninstall = (): void => {
    setAsking(false)
    void attempt(() => library.uninstall(usage.name, at.place.path)).then((done) => {
      if (!done) return
      say({ text: w.uninstalled(title, at.place.name) })
      again()
    })
  }
  return (
    <section class="in-use" aria-label={w.inUseAt(title, at.place.name)}>
      <h3>{w.inUse(at.place.name)}</h3>
      <p class="in-use-links">
        <a class="plain" href={pagePath('groups', at.group)}>
          {asRead(at.name)}
        </a>
        <a class="plain" href={postPath(at.post)}>
          {w.welcome}
        </a>
        <a class="plain" href={pagePath('usages', at.group)}>
          {w.poster}
        </a>
        {usage.rules.length > 0 && (
          <a class="plain" href="/rules">
            {w.rules}
          </a>
        )}
        <button type="button" class="plain" aria-label={w.uninstallOf(title, at.place.name)} onClick={() => setAsking(true)}>
          {w.uninstall}
        </button>
      </p>
      {asking && <ConfirmDialog title={w.uninstallTitle(title, at.place.name)} text={w.uninstallSays} act={w.uninstall} onDone={uninstall} onClose={() => setAsking(false)} />}
    </section>
  )
}
