import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { Chips } from '../publish/Chips'
import { useSession } from '../shell/session'
import { draftOf, maxPhotos, mayWiden, photosOf } from './draft'
import { useCards } from './useCards'
import '../post/resolve.css'
import './form.css'

const short = 200
const long = 4000

type Props = { post: PostDetail; onClose: () => void; onDone: () => void }

/** Writes a good practice: it begins with what the post says, and needs little more. */
export function CardForm({ post, onClose, onDone }: Props) {
  const cards = useCards()
  const dialog = useRef<HTMLDialogElement>(null)
  const [draft, setDraft] = useState(() => draftOf(post))
  const w = words.value
  const card = post.talk?.card
  const ready = draft.cause.trim() !== '' && draft.action.trim() !== ''
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const change = (some: Partial<typeof draft>): void => setDraft({ ...draft, ...some })
  const save = (): void => {
    if (!ready) return
    onClose()
    void (card ? cards.rewrite : cards.make)(post.id, { ...draft, cause: draft.cause.trim(), action: draft.action.trim(), text: draft.text.trim() }, onDone)
  }
  const suggested = draft.action === '' ? post.actions : []
  return (
    <dialog ref={dialog} class="resolve card-form" aria-labelledby="card-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="card-title">{card ? w.cards.editTitle : w.cards.makeTitle}</h2>
      <p class="about">{asRead(card?.wrong ?? post.title)}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <label>
          {w.cards.cause}
          <input name="cause" required maxLength={short} value={draft.cause} onInput={(e) => change({ cause: e.currentTarget.value })} />
        </label>
        <label>
          {w.cards.action}
          <input name="action" required autofocus={draft.action === ''} maxLength={short} value={draft.action} onInput={(e) => change({ action: e.currentTarget.value })} />
        </label>
        {suggested.length > 0 && <Chips legend={w.cards.suggested} all={suggested.map((name) => ({ id: name, name }))} chosen={[]} onPick={(action) => change({ action })} />}
        <label>
          {w.cards.text}
          <input name="text" maxLength={long} value={draft.text} onInput={(e) => change({ text: e.currentTarget.value })} />
        </label>
        {!card && mayWiden(post) && (
          <Chips
            legend={w.cards.forWhat}
            all={[
              { id: 'machine', name: post.asset_name ?? '' },
              { id: 'place', name: w.cards.wide(post.territory_name) },
            ]}
            chosen={[draft.wide ? 'place' : 'machine']}
            onPick={(id) => change({ wide: id === 'place' })}
          />
        )}
        {!card && <PhotoChoice post={post} chosen={draft.photos} onChange={(photos) => change({ photos })} />}
        <div class="card-form-keys">
          <button type="button" class="key" onClick={() => dialog.current?.close()}>
            {w.cancel}
          </button>
          <button type="submit" class="key main" disabled={!ready}>
            {w.outbox.save}
          </button>
        </div>
      </form>
    </dialog>
  )
}

type Choice = { post: PostDetail; chosen: string[]; onChange: (photos: string[]) => void }

/** Which of the photos go with the card. */
function PhotoChoice({ post, chosen, onChange }: Choice) {
  const { client } = useSession()
  const photos = photosOf(post)
  const w = words.value
  if (photos.length === 0) return null
  const pick = (id: string): void =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-maxPhotos))
  return (
    <fieldset class="photo-choice">
      <legend>{w.cards.photos}</legend>
      {photos.map(({ id, width, height }, i) => (
        <button type="button" key={id} aria-pressed={chosen.includes(id)} onClick={() => pick(id)}>
          <img src={client.photoURL(id, 'small')} width={width} height={height} alt={w.cards.photo(i + 1)} />
        </button>
      ))}
    </fieldset>
  )
}
