import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'

/** The name one signs in with, where people are not listed. */
export function NameField({ onName }: { onName: (name: string) => void }) {
  const [name, setName] = useState('')
  const field = useFocus<HTMLInputElement>()
  const w = words.value
  return (
    <form
      class="name-field"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) onName(name.trim())
      }}
    >
      <h1>{w.signInTitle}</h1>
      <label>
        {w.signInName}
        <input
          ref={field}
          name="member"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          value={name}
          onInput={(e) => setName(e.currentTarget.value)}
        />
      </label>
      <button type="submit" class="key main" disabled={!name.trim()}>
        {w.signInNext}
      </button>
    </form>
  )
}
