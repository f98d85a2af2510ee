import { useEffect, useState } from 'preact/hooks'
import type { Client } from '../api/client'
import type { Me } from '../api/types'
import { words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useFocus } from '../shell/focus'
import { LongMark } from '../shell/LongMark'
import { codeLength, inHalves, readPairing } from './code'
import './pair.css'

type Props = {
  client: Client
  /** From a pairing link, to be used at once. */
  code: string | undefined
  onDone: (me: Me) => void
  onLeave: () => void
}

/** Makes this browser the screen of a place, by a code that serves once. */
export function PairForm({ client, code: given, onDone, onLeave }: Props) {
  const [code, setCode] = useState(given ?? '')
  const [error, setError] = useState('')
  const [sending, setSending] = useState(false)
  const field = useFocus<HTMLInputElement>()
  const w = words.value
  const missing = codeLength - code.length

  const pair = async (): Promise<void> => {
    if (missing > 0) setError(w.identity.pairShort(missing))
    if (missing > 0 || sending) return
    setSending(true)
    try {
      onDone(await client.pair(code))
    } catch (err) {
      setError(explain(words.peek(), err))
      setSending(false)
      field.current?.select()
    }
  }
  useEffect(() => void (given && pair()), [])
  return (
    <main class="signin">
      <header>
        <LongMark />
        <p class="product">{w.product}</p>
      </header>
      <form
        class="pair-form"
        onSubmit={(event) => {
          event.preventDefault()
          void pair()
        }}
      >
        <h1>{w.identity.pairTitle}</h1>
        <label>
          {w.identity.pairCode}
          <input
            ref={field}
            name="code"
            autocomplete="one-time-code"
            autocapitalize="characters"
            spellcheck={false}
            placeholder="····-····"
            aria-describedby="pair-hint"
            aria-invalid={error !== ''}
            value={inHalves(code)}
            onInput={(e) => {
              const next = readPairing(e.currentTarget.value)
              // What is no letter of a code does not stay in the field either.
              e.currentTarget.value = inHalves(next)
              setCode(next)
              setError('')
            }}
          />
        </label>
        <p id="pair-hint" class={error ? 'error' : 'hint'} role={error ? 'alert' : undefined}>
          {error || w.identity.pairHint}
        </p>
        <button type="submit" class="key main" disabled={sending}>
          {sending ? w.identity.pairing : w.identity.pair}
        </button>
        <button type="button" class="key" disabled={sending} onClick={onLeave}>
          {w.cancel}
        </button>
      </form>
    </main>
  )
}
