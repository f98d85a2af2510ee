import { useRef, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { shrink } from './shrink'
import { Thumb } from './Thumb'
import './photo.css'

const most = 3

type Props = { photos: Blob[]; onChange: (photos: Blob[]) => void }

/** Photos to send with words, from the camera or the gallery, made small at once. */
export function PhotoField({ photos, onChange }: Props) {
  const [preparing, setPreparing] = useState(0)
  const [error, setError] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const w = words.value.outbox
  const add = async (files: File[]): Promise<void> => {
    const room = files.slice(0, most - photos.length)
    setError(files.length > room.length ? w.mostPhotos(most) : '')
    setPreparing(room.length)
    const made: Blob[] = []
    // One after the other: a tablet has memory for one large picture.
    for (const file of room) {
      try {
        made.push(await shrink(file))
      } catch {
        setError(w.photoUnreadable)
      }
      setPreparing((left) => left - 1)
    }
    if (made.length > 0) onChange([...photos, ...made])
  }
  return (
    <div class="photo-field">
      <ul>
        {photos.map((photo, i) => (
          <li key={i}>
            <Thumb photo={photo} label={w.photoNumber(i + 1)} />
            <button type="button" aria-label={w.removePhoto(i + 1)} onClick={() => onChange(photos.filter((p) => p !== photo))}>
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="M6 6l12 12M18 6 6 18" />
              </svg>
            </button>
          </li>
        ))}
        {preparing > 0 && <li class="preparing">{w.preparing}</li>}
      </ul>
      {photos.length + preparing < most && (
        <button type="button" class="key" aria-label={w.addPhotoLabel} onClick={() => input.current?.click()}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 8h4l2-3h6l2 3h4v11H3zM12 10a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z" />
          </svg>
          {w.addPhoto}
        </button>
      )}
      <input
        ref={input}
        type="file"
        name="photos"
        accept="image/*"
        multiple
        hidden
        onChange={(e) => {
          const files = [...(e.currentTarget.files ?? [])]
          e.currentTarget.value = '' // the same picture may be taken again
          void add(files)
        }}
      />
      <p class="error" role="alert">
        {error}
      </p>
    </div>
  )
}
