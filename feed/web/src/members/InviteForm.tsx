import { useState } from 'preact/hooks'
import type { Role } from '../api/types'
import { lang, words } from '../i18n/lang'
import { GrantFields } from './GrantFields'
import type { NewInvitation } from './registry'

/** Somebody to come: their name, where, and as what. */
export function InviteForm({ onInvite }: { onInvite: (invitation: NewInvitation) => Promise<boolean> }) {
  const [name, setName] = useState('')
  const [place, setPlace] = useState('')
  const [role, setRole] = useState<Role | ''>('')
  const [sending, setSending] = useState(false)
  const w = words.value
  const invite = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!name.trim() || !place || !role || sending) return
    setSending(true)
    if (await onInvite({ name: name.trim(), place, role, lang: lang.value })) setName('')
    setSending(false)
  }
  return (
    <form class="invite" aria-labelledby="invite" onSubmit={(event) => void invite(event)}>
      <h2 id="invite">{w.rights.inviteTitle}</h2>
      <label>
        {w.rights.name}
        <input name="name" maxLength={60} autocomplete="off" placeholder={w.rights.nameHint} value={name} onInput={(e) => setName(e.currentTarget.value)} />
      </label>
      <GrantFields place={place} role={role} onPlace={setPlace} onRole={setRole} />
      <button type="submit" class="key main" disabled={!name.trim() || !place || !role || sending}>
        {sending ? w.rights.inviting : w.rights.invite}
      </button>
    </form>
  )
}
