import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { PhotoField } from '../photo/PhotoField'
import { useFocus } from '../shell/focus'
import './note.css'

const longest = 4000

/** A word or a photo, and one key to send them. */
export function NoteForm({ about, onSend }: { about?: string; onSend: (text: string, photos: Blob[]) => Promise<boolean> }) {
  const [text, setText] = useState('')
  const [photos, setPhotos] = useState<Blob[]>([])
  const [error, setError] = useState('')
  const [sending, setSending] = useState(false)
  const field = useFocus<HTMLTextAreaElement>()
  const w = words.value
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!text.trim() && photos.length === 0) return setError(w.shop.noteFirst)
    setSending(true)
    await onSend(text.trim(), photos)
    setSending(false)
  }
  return (
    <form class="note-form" onSubmit={(event) => void submit(event)}>
      <div class="page-body column">
        {about && <h2>{about}</h2>}
        <label>
          {w.shop.noteLabel}
          <textarea
            ref={field}
            name="text"
            rows={3}
            maxLength={longest}
            value={text}
            onInput={(e) => {
              setText(e.currentTarget.value)
              setError('')
            }}
          />
        </label>
        {error && (
          <p class="error" role="alert">
            {error}
          </p>
        )}
        <PhotoField photos={photos} onChange={setPhotos} />
      </div>
      <footer class="page-keys">
        <button type="submit" class="key main" disabled={sending}>
          {sending ? w.sending : w.send}
        </button>
      </footer>
    </form>
  )
}
