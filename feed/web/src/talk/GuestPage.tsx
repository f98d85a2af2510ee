import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '../api/request'
import type { GuestThread } from '../api/talk'
import type { Comment } from '../api/types'
import { lang, words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAgo, now, timeAndDay } from '../i18n/time'
import { route } from '../shell/route'
import { Unavailable } from '../shell/Unavailable'
import { Folded } from '../shell/Folded'
import { Marked } from './Marked'
import { readAsGuest } from './voice'
import './guest.css'

/** One thread, for somebody from outside: to read, under their name. */
export function GuestPage() {
  const at = route.value
  const token = at.at === 'guest' ? (at.id ?? '') : ''
  const [seen, setSeen] = useState<GuestThread | 'over' | 'away'>()
  const w = words.value
  useEffect(() => {
    readAsGuest(token, lang.value).then(setSeen, (err: unknown) => setSeen(err instanceof Refusal ? 'over' : 'away'))
  }, [token, lang.value])
  if (seen === undefined) return <p class="quiet waiting">{w.loading}</p>
  if (seen === 'over') return <Unavailable text={w.talk.guestGone} />
  if (seen === 'away') return <Unavailable text={w.unreachable} />
  const { post, thread, name, until } = seen
  return (
    <main class="guest-page">
      <Watermark name={name} />
      <p class="guest-of">{w.talk.guestReads(name, w.at(...timeAndDay(w, until, now.value)))}</p>
      <article class="sheet">
        <p class="meta">
          {w.kind[post.kind]} · {post.territory_name} · {post.author.name}
        </p>
        <h1>{asRead(post.title)}</h1>
        {post.text && post.text !== post.title && (
          <Folded class="text" text={post.text}>
            <Marked text={post.text} />
          </Folded>
        )}
        {post.cause && <p class="text">{`${w.cause} ${post.cause}`}</p>}
      </article>
      {thread.length === 0 && <p class="quiet">{w.talk.guestEmpty}</p>}
      <ol>
        {thread.map((comment) => (
          <li key={comment.id} class={comment.parent ? 'reply' : ''}>
            <Read comment={comment} accepted={post.talk?.accepted === comment.id} />
          </li>
        ))}
      </ol>
    </main>
  )
}

/** The guest's name behind the words, again and again: a picture of the page says whose it was. */
function Watermark({ name }: { name: string }) {
  return (
    <div class="watermark" aria-hidden="true">
      {Array.from({ length: 40 }, (_, i) => (
        <span key={i} data-name={name} />
      ))}
    </div>
  )
}

function Read({ comment, accepted }: { comment: Comment; accepted: boolean }) {
  const w = words.value
  const gone = comment.deleted ? w.talk.removed : comment.hidden && w.talk.hidden(asRead(comment.hidden.reason))
  return (
    <div class="sheet">
      <p class="by">
        <b>{comment.author.name}</b> <time dateTime={comment.at}>{formatAgo(w, comment.at, now.value)}</time>
        {accepted && <strong> · {w.talk.accepted}</strong>}
      </p>
      {gone ? (
        <p class="quiet">{gone}</p>
      ) : (
        <Folded class="text" text={comment.text}>
          <Marked text={comment.text} />
        </Folded>
      )}
    </div>
  )
}
