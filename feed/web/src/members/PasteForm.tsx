import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { pasted } from './pasted'

/** The lines of a file, for who has them in a message or a spreadsheet. */
export function PasteForm({ busy, onText }: { busy: boolean; onText: (file: File) => void }) {
  const [text, setText] = useState('')
  const b = words.value.rights.bring
  return (
    <details class="paste">
      <summary>{b.paste}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() && !busy) onText(pasted(text))
        }}
      >
        <label>
          {b.pasteSays}
          <textarea name="pasted" rows={6} spellcheck={false} autocomplete="off" value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
        <button type="submit" class="key" disabled={!text.trim() || busy}>
          {b.look}
        </button>
      </form>
    </details>
  )
}
