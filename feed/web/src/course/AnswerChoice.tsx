import { useEffect, useState } from 'preact/hooks'
import type { Comment, Post, PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { useSession } from '../shell/session'

type Props = { post: Post | PostDetail; label: string; onPick: (answer: string) => void; onCancel: () => void }

const most = 6

/** Which of the answers is kept: the last ones that others gave. */
export function AnswerChoice({ post, label, onPick, onCancel }: Props) {
  const { client } = useSession()
  const [thread, setThread] = useState<Comment[] | undefined>('thread' in post ? post.thread : undefined)
  const w = words.value
  useEffect(() => {
    if (!thread) client.post(post.id).then((detail) => setThread(detail.thread), () => setThread([]))
  }, [])
  const answers = (thread ?? []).filter((c) => c.text && !c.deleted && !c.hidden && c.author.member !== post.author.member).slice(-most)
  return (
    <div class="chips merges" role="group" aria-labelledby={label}>
      {!thread && <p class="quiet">{w.loading}</p>}
      {answers.map((answer) => (
        <button type="button" class="chip" key={answer.id} onClick={() => onPick(answer.id)}>
          <b>{answer.author.name}</b> {asRead(answer.text)}
        </button>
      ))}
      <button type="button" class="key" onClick={onCancel}>
        {w.cancel}
      </button>
    </div>
  )
}
