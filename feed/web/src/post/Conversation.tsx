import { useState } from 'preact/hooks'
import type { Comment, PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { Marked } from '../talk/Marked'
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
        {w.conversation} {post.comments > 0 && <b>{post.comments}</b>}
      </h3>
      {top.length === 0 && <p class="quiet">{w.noConversation}</p>}
      <Kept post={post} />
      <ol>
        {top.map((comment) => (
          <li key={comment.id}>
            <Said comment={comment} post={post} onDone={onDone} {...(post.can.write && { onReply: () => setParent(comment) })} />
            <ol>
              {post.thread
                .filter((reply) => reply.parent === comment.id)
                .map((reply) => (
                  <li key={reply.id}>
                    <Said comment={reply} post={post} onDone={onDone} />
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

/** The answer that held, above all others. */
function Kept({ post }: { post: PostDetail }) {
  const kept = post.thread.find(({ id }) => id === post.talk?.accepted)
  if (!kept || kept === post.thread[0]) return null // it is on top already
  return (
    <a
      class="kept-answer"
      href={`#said-${kept.id}`}
      onClick={(event) => {
        event.preventDefault() // the address stays that of the post
        document.getElementById(`said-${kept.id}`)?.scrollIntoView({ block: 'center' })
      }}
    >
      <strong>{words.value.talk.accepted}</strong>
      <span>
        {kept.author.name} : <Marked text={kept.text} />
      </span>
    </a>
  )
}
