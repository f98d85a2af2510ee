import { useEffect, useRef, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'
import { CompanyLink } from '../signin/CompanyLink'
import { proves } from '../signin/company'
import { useCompany } from '../signin/useCompany'
import { proofAsked } from './proof'
import './proof.css'

/** Asks for the PIN again before an act that gives or takes rights. */
export function ProofDialog() {
  const { client } = useSession()
  const dialog = useRef<HTMLDialogElement>(null)
  const [pin, setPin] = useState('')
  const [error, setError] = useState('')
  const [sending, setSending] = useState(false)
  const company = useCompany(client)
  const w = words.value
  useEffect(() => dialog.current?.showModal(), [])
  const prove = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!pin || sending) return
    setSending(true)
    try {
      await client.prove(pin)
      proofAsked.peek()?.(true)
    } catch (err) {
      setError(explain(words.peek(), err))
      setPin('')
    } finally {
      setSending(false)
    }
  }
  return (
    <dialog ref={dialog} class="resolve proof" aria-labelledby="proof-title" onClose={() => proofAsked.peek()?.(false)} onKeyDown={(e) => e.stopPropagation()}>
      <form onSubmit={(event) => void prove(event)}>
        <h2 id="proof-title">{w.rights.proofTitle}</h2>
        <p>{w.rights.proofSays}</p>
        <label>
          {w.rights.pin}
          <input
            name="proof"
            type="password"
            inputMode="numeric"
            autocomplete="current-password"
            maxLength={12}
            aria-invalid={error !== ''}
            aria-describedby="proof-error"
            value={pin}
            onInput={(e) => {
              setPin(e.currentTarget.value)
              setError('')
            }}
          />
        </label>
        <p id="proof-error" class="error" role="alert">
          {error || company.refusal}
        </p>
        <div class="confirm-keys">
          <button type="button" class="key" onClick={() => dialog.current?.close()}>
            {w.cancel}
          </button>
          <button type="submit" class="key main" disabled={!pin || sending}>
            {w.rights.confirm}
          </button>
        </div>
        {company.title && proves(company) && (
          <div class="other-proof">
            <p class="quiet">{w.rights.companyOr}</p>
            <CompanyLink title={company.title} again />
          </div>
        )}
      </form>
    </dialog>
  )
}
