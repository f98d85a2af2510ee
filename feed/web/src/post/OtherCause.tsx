import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'

const longest = 200

/** A cause that none of the chips says. */
export function OtherCause({ onCause }: { onCause: (cause: string) => void }) {
  const [text, setText] = useState('')
  const field = useFocus<HTMLInputElement>()
  const w = words.value
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim()) onCause(text.trim())
      }}
    >
      <label>
        {w.causeLabel}
        <input ref={field} maxLength={longest} value={text} onInput={(e) => setText(e.currentTarget.value)} />
      </label>
      <button type="submit" class="key main" disabled={!text.trim()}>
        {w.confirm}
      </button>
    </form>
  )
}
