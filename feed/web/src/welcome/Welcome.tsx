import { useEffect, useState } from 'preact/hooks'
import type { Client } from '../api/client'
import { write } from '../api/request'
import type { Invitation } from '../api/rights'
import type { Me } from '../api/types'
import { codeLength, inHalves, readPairing } from '../identity/code'
import { lang, words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useFocus } from '../shell/focus'
import { LongMark } from '../shell/LongMark'
import '../identity/pair.css'
import '../signin/signin.css'
import { Newcomer } from './Newcomer'
import './welcome.css'

type Props = { client: Client; onDone: (me: Me) => void; onLeave: () => void }

/** The door for whoever has an invitation on paper: its code, then who they are. */
export function Welcome({ client, onDone, onLeave }: Props) {
  const [code, setCode] = useState(() => readPairing(location.hash.slice(1)))
  const [invited, setInvited] = useState<Invitation>()
  const [error, setError] = useState('')
  const [sending, setSending] = useState(false)
  const field = useFocus<HTMLInputElement>()
  const w = words.value
  const look = async (): Promise<void> => {
    if (code.length < codeLength || sending) return setError(w.identity.pairShort(codeLength - code.length))
    setSending(true)
    try {
      const { body } = await write<Invitation>('POST', client.url('/welcome/look'), { code })
      lang.value = body.lang
      setInvited(body)
    } catch (err) {
      setError(explain(words.peek(), err))
      field.current?.select()
    } finally {
      setSending(false)
    }
  }
  useEffect(() => {
    // A code is for once, and for nobody who reads the address later.
    if (location.hash) history.replaceState(null, '', location.pathname)
    if (code.length === codeLength) void look()
  }, [])
  return (
    <main class="signin welcome">
      <header>
        <LongMark />
        <p class="product">{w.product}</p>
      </header>
      {invited ? (
        <Newcomer client={client} code={code} invited={invited} onDone={onDone} />
      ) : (
        <form
          class="pair-form"
          onSubmit={(event) => {
            event.preventDefault()
            void look()
          }}
        >
          <h1>{w.rights.welcomeTitle}</h1>
          <label>
            {w.rights.welcomeCode}
            <input
              ref={field}
              name="code"
              autocomplete="one-time-code"
              autocapitalize="characters"
              spellcheck={false}
              placeholder="····-····"
              aria-describedby="welcome-hint"
              aria-invalid={error !== ''}
              value={inHalves(code)}
              onInput={(e) => {
                const next = readPairing(e.currentTarget.value)
                e.currentTarget.value = inHalves(next)
                setCode(next)
                setError('')
              }}
            />
          </label>
          <p id="welcome-hint" class={error ? 'error' : 'hint'} role={error ? 'alert' : undefined}>
            {error || w.rights.welcomeHint}
          </p>
          <button type="submit" class="key main" disabled={sending}>
            {w.rights.next}
          </button>
          <button type="button" class="key" onClick={onLeave}>
            {w.cancel}
          </button>
        </form>
      )}
    </main>
  )
}
