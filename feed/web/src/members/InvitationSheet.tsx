import { useEffect } from 'preact/hooks'
import type { Invitation } from '../api/rights'
import { OnlyHere } from '../devices/OnlyHere'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { InvitationPaper } from './InvitationPaper'

/** Invitations as they are handed over on paper: they are shown once, and printed. */
export function InvitationSheet({ invitations, onClose }: { invitations: Invitation[]; onClose: () => void }) {
  const sheet = useFocus<HTMLElement>()
  // Rows go and come above while they are made: the first of them is what is looked at.
  useEffect(() => sheet.current?.scrollIntoView({ block: 'start' }), [])
  const w = words.value
  const [first] = invitations
  if (!first) return null
  const many = invitations.length > 1
  const title = many ? w.rights.bring.sheets(invitations.length) : w.rights.sheetOf(first.name)
  return (
    <section class={many ? 'invitation many' : 'invitation'} ref={sheet} tabIndex={-1} aria-label={title}>
      {many && (
        <div class="on-screen">
          <h2>{title}</h2>
          <p class="hint">{w.rights.bring.sheetsSay}</p>
        </div>
      )}
      <div class="invitation-sheets" role="group" aria-label={title} tabIndex={many ? 0 : undefined}>
        {invitations.map((i) => (
          <InvitationPaper key={i.id} invitation={i} />
        ))}
      </div>
      <div class="on-screen">
        <OnlyHere />
      </div>
      <div class="invitation-keys">
        <button type="button" class="key" onClick={onClose}>
          {w.close}
        </button>
        <button type="button" class="key main" onClick={() => print()}>
          {w.rights.print}
        </button>
      </div>
    </section>
  )
}
