import { useEffect, useRef, useState } from 'preact/hooks'
import type { Photo } from '../api/types'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import './photo.css'

type Props = { photos: readonly Photo[] | undefined; by: string; what: string }

/** The photos of a post or a comment: small, each opening large. */
export function Photos({ photos, by, what }: Props) {
  const [open, setOpen] = useState<number>()
  if (!photos?.length) return null
  const w = words.value.outbox
  const label = (i: number): string => w.photoOf(by, i + 1, photos.length, what)
  return (
    <ul class="photos">
      {photos.map((photo, i) => (
        <li key={photo.id}>
          <button type="button" onClick={() => setOpen(i)}>
            <Picture photo={photo} size="small" label={label(i)} />
          </button>
        </li>
      ))}
      {open !== undefined && photos[open] && <Large photo={photos[open]} label={label(open)} onClose={() => setOpen(undefined)} />}
    </ul>
  )
}

/** One photo over the page; a touch or Escape puts it away. */
function Large({ photo, label, onClose }: { photo: Photo; label: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="large-photo" aria-label={label} onClose={onClose} onClick={() => dialog.current?.close()} onKeyDown={(e) => e.stopPropagation()}>
      <Picture photo={photo} size="large" label={label} />
      <button type="button" class="key">
        {words.value.close}
      </button>
    </dialog>
  )
}

/** A picture with its place kept; without a network, what it would show. */
function Picture({ photo, size, label }: { photo: Photo; size: 'small' | 'large'; label: string }) {
  const { client } = useSession()
  const [away, setAway] = useState(false)
  if (away) return <span class="photo-away">{words.value.outbox.photoAway}</span>
  return <img src={client.photoURL(photo.id, size)} width={photo.width} height={photo.height} alt={label} loading="lazy" onError={() => setAway(true)} />
}
