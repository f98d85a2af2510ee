import type { Result, Snippet } from '../api/search'
import type { Colleague } from '../api/people'
import { words } from '../i18n/lang'
import { formatAgo, now } from '../i18n/time'
import { asRead } from '../i18n/ready'
import { signOf } from '../feed/order'
import { headingOf } from '../post/heading'
import { doesText } from '../people/say'
import { pagePath, postPath } from '../shell/route'
import { Sign } from '../wire/Sign'
import { stretchesOf } from './stretch'

/** One post that answers, or what was said on it. */
export function Hit({ result, onOpen }: { result: Result; onOpen: () => void }) {
  const w = words.value
  const { post, comment, title, snippet } = result
  const who = comment?.author ?? post.author
  // What a person wrote may be all of the title.
  const head = [title, comment ? undefined : snippet].find((one) => one?.text === post.title)
  return (
    <li class="hit">
      <Sign mood={signOf(post)} />
      <div>
        <h3>
          <a href={postPath(post.id)} data-hit onClick={onOpen}>
            {head ? <Quoted snippet={head} /> : asRead(headingOf(post))}
          </a>
        </h3>
        {snippet && snippet !== head && (
          <p class="quote">
            {comment && <b>{w.search.says(comment.author.name)}</b>} <Quoted snippet={snippet} />
          </p>
        )}
        <p class="meta">
          <strong>{comment ? w.search.comment : w.kind[post.kind]}</strong>
          <span>{post.asset_name || post.territory_name}</span>
          {!comment && who.kind === 'person' && <span>{who.name}</span>}
          <time dateTime={comment?.at ?? post.opened_at}>{formatAgo(w, comment?.at ?? post.opened_at, now.value)}</time>
          {post.cause && post.cause !== snippet?.text && <span>{asRead(post.cause)}</span>}
        </p>
      </div>
    </li>
  )
}

/** A text whose answering stretches stand out. */
function Quoted({ snippet }: { snippet: Snippet }) {
  return (
    <>
      {stretchesOf(snippet).map((one, i) => (one.marked ? <mark key={i}>{one.text}</mark> : <span key={i}>{one.text}</span>))}
    </>
  )
}

/** One person who answers. */
export function PersonHit({ person, onOpen }: { person: Colleague; onOpen: () => void }) {
  return (
    <li class="hit person">
      <div>
        <h3>
          <a href={pagePath('people', person.id)} data-hit onClick={onOpen}>
            {person.name}
          </a>
        </h3>
        <p class="meta">{doesText(person, words.value)}</p>
      </div>
    </li>
  )
}
