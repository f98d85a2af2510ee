import type { Comment } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAgo, now, timeAndDay } from '../i18n/time'
import { Photos } from '../photo/Photos'

/** One comment. Its text is data: markup in it is shown, not run. */
export function Said({ comment, onReply }: { comment: Comment; onReply?: () => void }) {
  const w = words.value
  return (
    <div class={`comment ${onReply ? 'answerable' : ''}`} data-comment={comment.id}>
      <p class="by">
        <b>{comment.author.name}</b> <time dateTime={comment.at}>{formatAgo(w, comment.at, now.value)}</time>
        {comment.typed_at && <span> · {w.outbox.typedAt(w.at(...timeAndDay(w, comment.typed_at, now.value)))}</span>}
      </p>
      <p class="text">{asRead(comment.text)}</p>
      <Photos photos={comment.photos} by={comment.author.name} what={comment.text} />
      {onReply && (
        <button type="button" class="plain" aria-label={w.replyTo(comment.author.name)} onClick={onReply}>
          {w.reply}
        </button>
      )}
    </div>
  )
}
