import { useState } from 'preact/hooks'
import type { Comment, PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAgo, now, timeAndDay } from '../i18n/time'
import { Photos } from '../photo/Photos'
import { Folded } from '../shell/Folded'
import { useSession } from '../shell/session'
import { calledNotes } from '../talk/called'
import { EditForm } from '../talk/EditForm'
import { Marked } from '../talk/Marked'
import { SaidMenu } from '../talk/SaidMenu'

type Props = { comment: Comment; post: PostDetail; onDone: () => void; onReply?: () => void }

/** One comment. Its text is data: markup in it is shown, not run. */
export function Said({ comment, post, onDone, onReply }: Props) {
  const [editing, edit] = useState(false)
  const w = words.value
  const shown = !comment.deleted && !comment.hidden
  const accepted = post.talk?.accepted === comment.id
  const leave = (): void => edit(false)
  return (
    <div id={`said-${comment.id}`} class={`comment ${accepted ? 'kept' : ''}`} data-comment={comment.id}>
      <div class="said-head">
        <p class="by">
          {accepted && <strong class="kept-mark">{w.talk.accepted} · </strong>}
          <b>{comment.author.name}</b> <time dateTime={comment.at}>{formatAgo(w, comment.at, now.value)}</time>
          {comment.typed_at && <span> · {w.outbox.typedAt(w.at(...timeAndDay(w, comment.typed_at, now.value)))}</span>}
          {comment.edited_at && <span> · {w.talk.edited}</span>}
        </p>
        {onReply && shown && (
          <button type="button" class="plain" aria-label={w.replyTo(comment.author.name)} onClick={onReply}>
            {w.reply}
          </button>
        )}
        <SaidMenu post={post} comment={comment} onEdit={() => edit(true)} onDone={onDone} />
      </div>
      {editing ? (
        <EditForm
          on={{ post: post.id, comment: comment.id }}
          text={comment.text}
          onLeave={leave}
          onDone={() => {
            leave()
            onDone()
          }}
        />
      ) : (
        <SaidWords comment={comment} post={post} />
      )}
    </div>
  )
}

/** The words of a comment, or what stands in their place. */
function SaidWords({ comment, post }: { comment: Comment; post: PostDetail }) {
  const { me } = useSession()
  const w = words.value
  const { hidden } = comment
  if (comment.deleted) return <p class="text gone">{w.talk.removed}</p>
  const flags = post.flags.filter((flag) => flag.comment === comment.id)
  return (
    <>
      {hidden && <p class="text gone">{w.talk.hidden(asRead(hidden.reason))}</p>}
      {comment.text && (
        <Folded class={`text ${hidden ? 'veiled' : ''}`} text={comment.text}>
          <Marked text={comment.text} mentions={comment.mentions} />
        </Folded>
      )}
      {hidden?.answer && <p class="said-note">{w.talk.contested(hidden.answer)}</p>}
      <Photos photos={comment.photos} by={comment.author.name} what={comment.text} />
      {calledNotes(comment.mentions, comment.author.member === me.id, w).map((note) => (
        <p class="said-note" key={note}>
          {note}
        </p>
      ))}
      {flags.length > 0 && <p class="flagged">{w.talk.flagged(flags.length, [...new Set(flags.map((flag) => asRead(flag.reason)))].join(', '))}</p>}
    </>
  )
}
