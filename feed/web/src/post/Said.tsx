import type { Comment } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAgo, now } from '../i18n/time'

/** One comment. Its text is data: markup in it is shown, not run. */
export function Said({ comment, onReply }: { comment: Comment; onReply?: () => void }) {
  const w = words.value
  return (
    <div class={`comment ${onReply ? 'answerable' : ''}`} data-comment={comment.id}>
      <p class="by">
        <b>{comment.author.name}</b> <time dateTime={comment.at}>{formatAgo(w, comment.at, now.value)}</time>
      </p>
      <p class="text">{asRead(comment.text)}</p>
      {onReply && (
        <button type="button" class="plain" aria-label={w.replyTo(comment.author.name)} onClick={onReply}>
          {w.reply}
        </button>
      )}
    </div>
  )
}
