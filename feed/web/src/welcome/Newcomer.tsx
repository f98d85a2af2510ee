import { useState } from 'preact/hooks'
import type { Client } from '../api/client'
import { write } from '../api/request'
import type { Invitation } from '../api/rights'
import type { Lang, Me } from '../api/types'
import { lang, words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useFocus } from '../shell/focus'

type Props = { client: Client; code: string; invited: Invitation; onDone: (me: Me) => void }

const languages: [Lang, string][] = [
  ['fr', 'Français'],
  ['en', 'English'],
]

/** Who comes in: their name, language and a PIN of their own; then the name to sign in with. */
export function Newcomer({ client, code, invited, onDone }: Props) {
  const [name, setName] = useState(invited.name)
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [error, setError] = useState('')
  const [sending, setSending] = useState(false)
  const [me, setMe] = useState<Me>()
  const field = useFocus<HTMLInputElement>()
  const w = words.value
  if (me) return <Known me={me} onDone={onDone} />
  const fault = (): string => {
    if (pin.length < invited.digits) return w.rights.pinShort(invited.digits)
    return pin === again ? '' : w.rights.pinDiffers
  }
  const enter = async (event: Event): Promise<void> => {
    event.preventDefault()
    setError(fault())
    if (fault() || sending) return
    setSending(true)
    try {
      const { body } = await write<{ member: Me }>('POST', client.url('/welcome'), { code, name: name.trim(), lang: lang.value, pin })
      setMe(body.member)
    } catch (err) {
      setError(explain(words.peek(), err))
      setSending(false)
    }
  }
  const digits = (name: string, label: string, value: string, put: (pin: string) => void) => (
    <label>
      {label}
      <input
        name={name}
        type="password"
        inputMode="numeric"
        autocomplete="new-password"
        maxLength={12}
        aria-describedby="newcomer-error"
        value={value}
        onInput={(e) => {
          put((e.currentTarget.value = e.currentTarget.value.replace(/\D/g, '')))
          setError('')
        }}
      />
    </label>
  )
  return (
    <form class="newcomer" onSubmit={(event) => void enter(event)}>
      <h1>{w.rights.sheetHello(invited.name)}</h1>
      <p>{w.rights.welcomeTo(w.role[invited.role], invited.place_name)}</p>
      <label>
        {w.rights.yourName}
        <input ref={field} name="name" autocomplete="name" maxLength={60} value={name} onInput={(e) => setName(e.currentTarget.value)} />
      </label>
      <fieldset class="chips">
        <legend>{w.rights.language}</legend>
        {languages.map(([one, label]) => (
          <button type="button" class="chip" key={one} lang={one} aria-pressed={lang.value === one} onClick={() => (lang.value = one)}>
            {label}
          </button>
        ))}
      </fieldset>
      {digits('pin', w.rights.choosePin(invited.digits), pin, setPin)}
      {digits('again', w.rights.repeatPin, again, setAgain)}
      <p id="newcomer-error" class="error" role="alert">
        {error}
      </p>
      <button type="submit" class="key main" disabled={!name.trim() || !pin || !again || sending}>
        {w.rights.enter}
      </button>
    </form>
  )
}

/** The name to sign in with from now on, told before the work begins. */
function Known({ me, onDone }: { me: Me; onDone: (me: Me) => void }) {
  const w = words.value
  const key = useFocus<HTMLButtonElement>()
  return (
    <section class="newcomer" role="status">
      <h1>{w.rights.sheetHello(me.name)}</h1>
      <p class="sign-in-name">{w.rights.signInAs(me.id)}</p>
      <button type="button" ref={key} class="key main" onClick={() => onDone(me)}>
        {w.rights.next}
      </button>
    </section>
  )
}
