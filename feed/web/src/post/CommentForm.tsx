import { useState } from 'preact/hooks'
import type { Comment, PostDetail } from '../api/types'
import { useDraft } from '../draft/draft'
import { words } from '../i18n/lang'
import { PhotoField } from '../photo/PhotoField'
import { useFocus } from '../shell/focus'
import { useOnce } from '../shell/once'
import { useSession } from '../shell/session'
import { MentionField } from '../talk/MentionField'
import { useActs } from './acts'

type Props = { post: PostDetail; parent?: Comment; onDone: () => void; onLeave?: () => void }

/** Answers a post, or one of its comments. What is typed stays until sent. */
export function CommentForm({ post, parent, onDone, onLeave }: Props) {
  const { client } = useSession()
  const { attempt } = useActs()
  const once = useOnce()
  const [text, setText] = useDraft(`answer ${post.id} ${parent?.id ?? ''}`)
  const [photos, setPhotos] = useState<Blob[]>([])
  const [sending, setSending] = useState(false)
  const field = useFocus<HTMLTextAreaElement>(parent !== undefined)
  const w = words.value
  const label = parent ? w.replyTo(parent.author.name) : w.yourReply
  const send = async (): Promise<void> => {
    if (!text.trim() || sending) return
    setSending(true)
    const said = { text: text.trim(), ...(parent && { parent: parent.id }) }
    const key = once.keyOf([said, photos.map((photo) => photo.size)])
    const sent = await attempt(async () => void (await client.comment(post.id, { ...said, photos }, key)))
    setSending(false)
    if (!sent) return
    once.arrived()
    setText((typed) => (typed === text ? '' : typed)) // what was typed meanwhile stays
    setPhotos([])
    onDone()
  }
  return (
    <form
      class="comment-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <MentionField post={post.id} label={label} value={text} field={field} onType={setText} onSend={() => void send()} />
      <PhotoField photos={photos} onChange={setPhotos} />
      <button type="submit" class="key main" disabled={!text.trim() || sending}>
        {sending ? w.sending : w.publish}
      </button>
      {onLeave && (
        <button type="button" class="key" onClick={onLeave}>
          {w.cancel}
        </button>
      )}
    </form>
  )
}
