import { useEffect, useRef, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { readCode } from '../report/ean'
import { codeIn, mistakeIn } from '../scan/code'

/**
 * Takes codes one after the other, typed by hand or by a reader that ends each
 * with Enter; it has the focus where no camera reads them.
 */
export function CodeField({ onCode, typing }: { onCode: (sku: string) => void; typing: boolean }) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (typing) field.current?.focus()
  }, [typing])
  const w = words.value
  const submit = (event: Event): void => {
    event.preventDefault()
    // What a reader types arrives faster than it is drawn.
    const text = field.current!.value
    const sku = codeIn(text)
    field.current!.focus()
    if (!sku) return setError(mistakeIn(readCode(text), w) || w.shop.notFound)
    setTyped('')
    field.current!.value = ''
    onCode(sku)
  }
  return (
    <form class="code-field" onSubmit={submit}>
      <label>
        {w.articleCode}
        <input
          ref={field}
          name="sku"
          inputMode="numeric"
          autocomplete="off"
          maxLength={64}
          enterkeyhint="next"
          aria-invalid={error !== ''}
          aria-describedby={error ? 'code-error' : undefined}
          value={typed}
          onInput={(e) => {
            setTyped(e.currentTarget.value)
            setError('')
          }}
        />
      </label>
      <button type="submit" class="key">
        {w.shop.roundAdd}
      </button>
      {error && (
        <p id="code-error" class="error" role="alert">
          {error}
        </p>
      )}
    </form>
  )
}
