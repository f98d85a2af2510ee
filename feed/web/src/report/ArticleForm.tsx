import { useState } from 'preact/hooks'
import { useDraft } from '../draft/draft'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { PhotoField } from '../photo/PhotoField'
import { useFocus } from '../shell/focus'
import { readCode, type ArticleCode } from './ean'
import { mistakeIn } from '../scan/code'
import type { Send } from './send'

/** An article that is missing, or that sells fast. */
export function ArticleForm({ send }: { send: Send }) {
  const [typed, setTyped] = useState('')
  const [note, setNote] = useDraft('report article')
  const [photos, setPhotos] = useState<Blob[]>([])
  const [error, setError] = useState('')
  const [sending, setSending] = useState(false)
  const field = useFocus<HTMLInputElement>()
  const w = words.value
  const code = readCode(typed)

  const report = async (kind: 'stock-out' | 'selling-well'): Promise<void> => {
    if (code.kind !== 'ean' && code.kind !== 'reference') {
      setError(mistakeIn(code, w))
      field.current?.focus()
      return
    }
    setSending(true)
    if (await send({ kind, sku: code.code, ...(note.trim() && { text: note.trim() }), photos })) setNote('')
    setSending(false)
  }
  return (
    <form class="words article" onSubmit={(event) => event.preventDefault()}>
      <label>
        {w.articleCode}
        <input
          ref={field}
          name="sku"
          inputMode="numeric"
          autocomplete="off"
          maxLength={64}
          aria-invalid={error !== ''}
          aria-describedby="code-hint"
          value={typed}
          onInput={(e) => {
            setTyped(e.currentTarget.value)
            setError('')
          }}
          onBlur={() => setError(code.kind === 'empty' ? '' : mistakeIn(code, w))}
        />
      </label>
      <p id="code-hint" class={error ? 'error' : 'hint'} role={error ? 'alert' : undefined}>
        {error || hint(code, w)}
      </p>
      <label>
        {w.note}
        <textarea name="text" rows={2} maxLength={4000} value={note} onInput={(e) => setNote(e.currentTarget.value)} />
      </label>
      <PhotoField photos={photos} onChange={setPhotos} />
      <div class="keys">
        <button type="button" data-guide="stock-out" class="key main" disabled={sending} onClick={() => void report('stock-out')}>
          {w.outOfStock}
        </button>
        <button type="button" class="key main good" disabled={sending} onClick={() => void report('selling-well')}>
          {w.sellingWell}
        </button>
      </div>
    </form>
  )
}

/** What the code typed so far is. */
function hint(code: ArticleCode, w: Words): string {
  if (code.kind === 'ean') return `✓ ${w.eanGood}`
  return code.kind === 'reference' ? w.referenceFree : w.articleCodeHint
}
