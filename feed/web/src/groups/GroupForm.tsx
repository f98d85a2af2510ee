import { useState } from 'preact/hooks'
import type { GroupDetail } from '../api/group'
import { useDraft } from '../draft/draft'
import { words } from '../i18n/lang'
import { PhotoField } from '../photo/PhotoField'
import { PollFields } from '../poll/PollFields'
import { pollOf } from '../poll/shares'
import { useActs } from '../post/acts'
import { useOnce } from '../shell/once'
import { useSession } from '../shell/session'

const longest = 4000
const kinds = ['note', 'question', 'idea'] as const

/** Words for the group: a note, a question or an idea, with photos or a poll. */
export function GroupForm({ group }: { group: GroupDetail }) {
  const { client, feed } = useSession()
  const { attempt } = useActs()
  const once = useOnce()
  const [kind, setKind] = useState<(typeof kinds)[number]>('note')
  const [text, setText] = useDraft(`group ${group.id}`)
  const [photos, setPhotos] = useState<Blob[]>([])
  const [polling, setPolling] = useState(false)
  const [choices, setChoices] = useState<string[]>([])
  const [sending, setSending] = useState(false)
  const w = words.value
  const send = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!text.trim() || sending) return
    setSending(true)
    const poll = polling && kind !== 'idea' ? pollOf(choices) : undefined
    const draft = { kind, territory: group.place, text: text.trim(), ...(poll && { poll }) }
    const key = once.keyOf([draft, photos.map((photo) => photo.size)])
    const sent = await attempt(async () => feed.confirm((await client.report({ ...draft, photos }, key)).post))
    setSending(false)
    if (!sent) return
    once.arrived()
    setText('')
    setPhotos([])
    setChoices([])
    setPolling(false)
  }
  return (
    <form class="group-form" onSubmit={(event) => void send(event)}>
      <label>
        <span class="spoken">{w.groups.say}</span>
        <textarea name="say" rows={2} maxLength={longest} placeholder={w.groups.say} value={text} onInput={(e) => setText(e.currentTarget.value)} />
      </label>
      <div class="chips" role="group" aria-label={w.groups.say}>
        {kinds.map((one) => (
          <button type="button" class="chip" key={one} aria-pressed={kind === one} onClick={() => setKind(one)}>
            {w.kind[one]}
          </button>
        ))}
        {kind !== 'idea' && (
          <button type="button" class="chip" aria-pressed={polling} onClick={() => setPolling(!polling)}>
            {w.groups.addPoll}
          </button>
        )}
      </div>
      {polling && kind !== 'idea' && <PollFields choices={choices} onChange={setChoices} />}
      <div class="form-keys">
        <PhotoField photos={photos} onChange={setPhotos} />
        <button type="submit" class="key main" disabled={!text.trim() || sending}>
          {sending ? w.sending : w.publish}
        </button>
      </div>
    </form>
  )
}
