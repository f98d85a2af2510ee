import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Guest } from '../api/talk'
import type { PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { timeAndDay, now } from '../i18n/time'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'
import { Voice } from './voice'

const terms = [1, 7, 30]

/** Makes links for guests to one thread, and takes them back. */
export function GuestDialog({ post, onClose }: { post: PostDetail; onClose: () => void }) {
  const { client, say } = useSession()
  const voice = new Voice(client)
  const dialog = useRef<HTMLDialogElement>(null)
  const [guests, setGuests] = useState<Guest[]>([])
  const [made, setMade] = useState<string>()
  const w = words.value
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const failed = (err: unknown): void => say({ text: explain(words.peek(), err), grave: true })
  const list = (): Promise<void> => voice.guests(post.id).then(setGuests).catch(failed)
  useEffect(() => void list(), [])
  const admit = (name: string, days: number): void => {
    voice.admit(post.id, name, days).then((guest) => {
      setMade(location.origin + guest.path!)
      void list()
    }, failed)
  }
  const revoke = (guest: Guest): void => {
    voice.revoke(post.id, guest.id).then(() => {
      say({ text: words.peek().talk.revoked })
      void list()
    }, failed)
  }
  return (
    <dialog ref={dialog} class="resolve asking guest-dialog" aria-labelledby="guest-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="guest-title">{w.talk.guestTitle}</h2>
      <p class="hint">{w.talk.guestSays}</p>
      {made ? <MadeLink link={made} /> : <GuestForm onAdmit={admit} />}
      {guests.length > 0 && <GuestList guests={guests} onRevoke={revoke} />}
      <button type="button" class="key" onClick={() => dialog.current?.close()}>
        {w.close}
      </button>
    </dialog>
  )
}

/** Who the guest is, and for how long. */
function GuestForm({ onAdmit }: { onAdmit: (name: string, days: number) => void }) {
  const [name, setName] = useState('')
  const [days, setDays] = useState(7)
  const t = words.value.talk
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) onAdmit(name.trim(), days)
      }}
    >
      <label>
        {t.guestName}
        <input name="guest" maxLength={80} value={name} onInput={(e) => setName(e.currentTarget.value)} />
      </label>
      <div class="chips" role="group" aria-label={t.guestTitle}>
        {terms.map((term) => (
          <button type="button" class="chip" key={term} aria-pressed={days === term} onClick={() => setDays(term)}>
            {t.guestDays(term)}
          </button>
        ))}
      </div>
      <button type="submit" class="key main" disabled={!name.trim()}>
        {t.guestMake}
      </button>
    </form>
  )
}

/** The link, which nobody is shown again. */
function MadeLink({ link }: { link: string }) {
  const { say } = useSession()
  const t = words.value.talk
  const copy = (): void => {
    const tell = (text: string) => (): void => say({ text })
    navigator.clipboard.writeText(link).then(tell(t.copied), tell(t.shareFailed))
  }
  return (
    <>
      <label>
        {t.guestLink}
        <input name="link" readOnly value={link} onFocus={(e) => e.currentTarget.select()} />
      </label>
      <button type="button" class="key main" onClick={copy}>
        {t.copy}
      </button>
    </>
  )
}

/** Who has a link, and until when. */
function GuestList({ guests, onRevoke }: { guests: Guest[]; onRevoke: (guest: Guest) => void }) {
  const w = words.value
  return (
    <section aria-label={w.talk.guests}>
      <h3>{w.talk.guests}</h3>
      <ul class="guests">
        {guests.map((guest) => (
          <li key={guest.id} class={guest.valid ? '' : 'quiet'}>
            <span>{guest.valid ? w.talk.guestUntil(guest.name, w.at(...timeAndDay(w, guest.until, now.value))) : w.talk.guestOver(guest.name)}</span>
            {guest.valid && (
              <button type="button" class="key" aria-label={`${w.talk.revoke} : ${guest.name}`} onClick={() => onRevoke(guest)}>
                {w.talk.revoke}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
