import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0']
const longest = 12

type Props = {
  name: string
  /** The number of digits, where it is known: the last one sends them. */
  length: number | undefined
  error: string
  onPin: (pin: string) => Promise<void>
  onLeave: () => void
}

/** A code, by touch or by keyboard. */
export function PinPad({ name, length, error, onPin, onLeave }: Props) {
  const [pin, setPin] = useState('')
  const [sending, setSending] = useState(false)
  const root = useFocus<HTMLElement>()
  const w = words.value

  const send = async (code: string): Promise<void> => {
    if (sending || code === '') return
    setSending(true)
    await onPin(code)
    setPin('')
    setSending(false)
  }
  const type = (digit: string): void => {
    const next = pin + digit
    if (sending || next.length > (length ?? longest)) return
    setPin(next)
    if (next.length === length) void send(next)
  }
  const erase = (): void => setPin(pin.slice(0, -1))
  const press = (event: KeyboardEvent): void => {
    if (/^\d$/.test(event.key)) type(event.key)
    else if (event.key === 'Backspace') erase()
    else if (event.key === 'Escape') onLeave()
    else if (event.key === 'Enter' && event.target === root.current) void send(pin)
  }
  return (
    <section class="pin" ref={root} tabIndex={-1} onKeyDown={press} aria-labelledby="pin-title">
      <h1 id="pin-title">{w.pinTitle(name)}</h1>
      <p class="dots" role="status" aria-label={w.pinTyped(pin.length)}>
        {Array.from({ length: length ?? Math.max(pin.length, 1) }, (_, i) => (
          <i key={i} class={i < pin.length ? 'on' : ''} />
        ))}
      </p>
      <p class="error" role="alert">
        {error}
      </p>
      <div class="pad">
        {digits.map((digit) => (
          <button type="button" key={digit} disabled={sending} onClick={() => type(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" class="erase" aria-label={w.pinErase} onClick={erase}>
          <svg viewBox="0 0 32 24" aria-hidden="true">
            <path d="M10 3h18v18H10L2 12zM15 8l8 8M23 8l-8 8" />
          </svg>
        </button>
      </div>
      {length === undefined ? (
        <button type="button" class="key main" disabled={sending || pin === ''} onClick={() => void send(pin)}>
          {w.signInNext}
        </button>
      ) : (
        <p class="hint">{w.pinDemo}</p>
      )}
      <button type="button" class="key" onClick={onLeave}>
        {w.notMe}
      </button>
    </section>
  )
}
