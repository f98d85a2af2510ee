import { useEffect, useRef, useState } from 'preact/hooks'
import { useDraft } from '../draft/draft'
import { words } from '../i18n/lang'
import { PhotoField } from '../photo/PhotoField'
import { PollFields } from '../poll/PollFields'
import { pollOf } from '../poll/shares'
import { useActs } from '../post/acts'
import { useOnce } from '../shell/once'
import { go, postPath } from '../shell/route'
import { useSession } from '../shell/session'
import { audienceOf, endAt, ends, type End, type Target } from './population'
import type { Published } from './PublishPage'
import { PlaceChips } from './PlaceChips'
import { Narrow } from './Narrow'
import { Chips } from './Chips'
import { useReach } from './reach'

const longest = 4000

/** To whom, what, until when; and how many people that is, before it leaves. */
export function PublishForm({ kind, own, meant }: { kind: Published; own: Target[]; meant: string[] }) {
  const { client, feed, say } = useSession()
  const { attempt } = useActs()
  const { keyOf, arrived } = useOnce()
  const field = useRef<HTMLTextAreaElement>(null)
  const [places, setPlaces] = useState(meant)
  const [roles, setRoles] = useState<string[]>([])
  const [shifts, setShifts] = useState<string[]>([])
  const [text, setText] = useDraft('publish')
  const [photos, setPhotos] = useState<Blob[]>([])
  const [end, setEnd] = useState<End>('week')
  const [choices, setChoices] = useState<string[]>([])
  const [sending, setSending] = useState(false)
  const audience = audienceOf(places, roles, shifts)
  const reach = useReach(audience)
  const w = words.value
  // A shift belongs to its place.
  useEffect(() => setShifts([]), [places.join()])
  const pick = (next: string[]): void => {
    setPlaces(next)
    if (next.length > 0) field.current?.focus({ preventScroll: true })
  }
  const ready = Boolean(text.trim()) && places.length > 0
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!ready || sending) return
    setSending(true)
    const expires = endAt(end, new Date())
    const poll = kind === 'announcement' ? pollOf(choices) : undefined
    const draft = { kind, territory: places[0]!, text: text.trim(), for: audience, ...(expires && { expires }), ...(poll && { poll }) }
    const key = keyOf([draft, photos.map((photo) => photo.size)])
    const went = await attempt(
      async () => {
        const { post } = await client.report({ ...draft, photos }, key)
        feed.confirm(post)
        go('/')
        say({ text: w.groups.sent(reach), action: { label: w.open, run: () => go(postPath(post.id)) } })
      },
      () => go('/'),
    )
    setSending(false)
    if (!went) return
    arrived()
    setText('')
  }
  return (
    <form class="words publish-form" onSubmit={(event) => void submit(event)}>
      <div class="picks">
        <PlaceChips own={own} chosen={places} onPick={pick} />
        <Narrow places={places} roles={roles} shifts={shifts} onRoles={setRoles} onShifts={setShifts} />
        <Chips legend={w.groups.until} all={ends.map((one) => ({ id: one, name: w.groups.ends[one] }))} chosen={[end]} onPick={(one) => setEnd(one as End)} />
      </div>
      <div class="say">
        <label>
          {w.groups.text}
          <textarea ref={field} name="text" rows={5} maxLength={longest} placeholder={w.groups.textHint} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
        <PhotoField photos={photos} onChange={setPhotos} />
        {kind === 'announcement' && <PollFields choices={choices} onChange={setChoices} />}
      </div>
      <div class="send">
        <p id="publish-needs" class="hint" aria-live="polite">
          {places.length === 0 ? `${w.groups.toWhom} ?` : reach === undefined ? w.groups.counting : reach === 0 ? w.groups.reachesNobody : w.groups.reaches(reach)}
          {places.length > 0 && !text.trim() && ` · ${w.groups.needsText}`}
        </p>
        <button type="submit" class="key main" aria-describedby="publish-needs" disabled={!ready || sending}>
          {sending ? w.sending : w.publish}
        </button>
      </div>
    </form>
  )
}
