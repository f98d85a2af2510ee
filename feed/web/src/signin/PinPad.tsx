import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0']
const length = 4

type Props = {
  name: string
  demo: boolean
  error: string
  onPin: (pin: string) => Promise<void>
  onLeave: () => void
}

/** Four digits, by touch or by keyboard; the fourth one sends them. */
export function PinPad({ name, demo, error, onPin, onLeave }: Props) {
  const [pin, setPin] = useState('')
  const root = useFocus<HTMLElement>()
  const w = words.value
  const sending = pin.length === length
  const type = (digit: string): void => setPin((p) => (p.length < length ? p + digit : p))
  const erase = (): void => setPin((p) => (p.length < length ? p.slice(0, -1) : p))

  useEffect(() => {
    if (pin.length === length) void onPin(pin).finally(() => setPin(''))
  }, [pin])

  const press = (event: KeyboardEvent): void => {
    if (/^\d$/.test(event.key)) type(event.key)
    else if (event.key === 'Backspace') erase()
    else if (event.key === 'Escape') onLeave()
  }
  return (
    <section class="pin" ref={root} tabIndex={-1} onKeyDown={press} aria-labelledby="pin-title">
      <h1 id="pin-title">{w.pinTitle(name)}</h1>
      <p class={`dots ${error ? 'wrong' : ''}`} role="status" aria-label={`${w.pinLabel} : ${w.pinTyped(pin.length)}`}>
        {Array.from({ length }, (_, i) => (
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
      {demo && <p class="hint">{w.pinDemo}</p>}
      <button type="button" class="key" onClick={onLeave}>
        {w.notMe}
      </button>
    </section>
  )
}
