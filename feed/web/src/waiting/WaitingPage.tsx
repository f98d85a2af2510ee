import { useSignal } from '@preact/signals'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { useSession } from '../shell/session'
import { BrokenWire } from '../shell/LongMark'
import { RemoveDialog } from './RemoveDialog'
import { WaitingRow } from './WaitingRow'

/** *n en attente*: what was written and has not arrived, to be mended where it must be. */
export function WaitingPage() {
  const { outbox } = useSession()
  const page = useFocus<HTMLElement>()
  const removing = useSignal<string | undefined>(undefined)
  const w = words.value
  const mine = outbox.mine.value
  const others = outbox.items.value.length - mine.length
  return (
    <main class="page waiting-page" ref={page} tabIndex={-1} aria-label={w.outbox.title}>
      <PageTop title={w.outbox.title} of={mine.length || undefined} />
      <LastNews />
      <div class="waiting-body">
        {!outbox.lasts.value && <p class="fleeting">{w.outbox.fleeting}</p>}
        {mine.length === 0 && others === 0 && (
          <div class="unavailable">
            <BrokenWire />
            <p>{w.outbox.empty}</p>
          </div>
        )}
        {mine.length > 0 && <p class="quiet">{w.outbox.says}</p>}
        <ol class="waiting-list">
          {mine.map((item) => (
            <WaitingRow key={item.id} item={item} onRemove={() => (removing.value = item.id)} />
          ))}
        </ol>
        {others > 0 && <p class="quiet">{w.outbox.others(others)}</p>}
      </div>
      {removing.value && (
        <RemoveDialog
          onRemove={() => void outbox.remove(removing.value!)}
          onClose={() => (removing.value = undefined)}
        />
      )}
    </main>
  )
}
