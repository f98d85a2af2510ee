import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'

const longest = 200

/** What none of the chips says: a cause, an action, a reason. */
export function OtherWords({ label, onSay }: { label: string; onSay: (said: string) => void }) {
  const [text, setText] = useState('')
  const field = useFocus<HTMLInputElement>()
  const w = words.value
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim()) onSay(text.trim())
      }}
    >
      <label>
        {label}
        <input ref={field} maxLength={longest} value={text} onInput={(e) => setText(e.currentTarget.value)} />
      </label>
      <button type="submit" class="key main" disabled={!text.trim()}>
        {w.confirm}
      </button>
    </form>
  )
}
