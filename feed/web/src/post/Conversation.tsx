import { useState } from 'preact/hooks'
import type { Comment, PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { QueuedSaid } from '../waiting/QueuedSaid'
import { CommentForm } from './CommentForm'
import { Said } from './Said'

/** What people answer: comments, each with one level of replies. */
export function Conversation({ post, onDone }: { post: PostDetail; onDone: () => void }) {
  const [parent, setParent] = useState<Comment>()
  const w = words.value
  const top = post.thread.filter((c) => !c.parent)
  const done = (): void => {
    setParent(undefined)
    onDone()
  }
  return (
    <section class="conversation" aria-label={w.conversation}>
      <h3>
        {w.conversation} {post.thread.length > 0 && <b>{post.thread.length}</b>}
      </h3>
      {top.length === 0 && <p class="quiet">{w.noConversation}</p>}
      <ol>
        {top.map((comment) => (
          <li key={comment.id}>
            <Said comment={comment} {...(post.can.write && { onReply: () => setParent(comment) })} />
            <ol>
              {post.thread
                .filter((reply) => reply.parent === comment.id)
                .map((reply) => (
                  <li key={reply.id}>
                    <Said comment={reply} />
                  </li>
                ))}
            </ol>
            {parent?.id === comment.id && <CommentForm post={post} parent={parent} onDone={done} onLeave={() => setParent(undefined)} />}
          </li>
        ))}
      </ol>
      <QueuedSaid post={post.id} />
      {post.can.write && !parent && <CommentForm post={post} onDone={done} />}
    </section>
  )
}
