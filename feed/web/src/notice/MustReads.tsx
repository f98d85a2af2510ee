import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { timeAndDay, now } from '../i18n/time'
import { Photos } from '../photo/Photos'
import { lazy } from '../shell/lazy'
import { postPath } from '../shell/route'
import { useSession } from '../shell/session'
import { Sign } from '../wire/Sign'
import { useToRead } from './toRead'
import { useReading } from './useReading'
import './notice.css'

// Most have accepted what there is: it comes behind the screen.
const Charter = lazy(async () => (await import('./CharterCard')).CharterCard, null)

/** What whoever is here must read, on top of their home, one after the other. */
export function MustReads() {
  const { me } = useSession()
  const posts = useToRead()
  const w = words.value.groups
  const [first, ...others] = posts
  const asked = !me.station && <Charter />
  if (!first) return asked || null
  return (
    <>
      {asked}
      <section class="must-reads" aria-label={me.station ? w.toReadByEach : w.toRead}>
        <MustRead key={first.id + first.text} post={first} />
        {others.length > 0 && <p class="quiet">{w.moreToRead(others.length)}</p>}
      </section>
    </>
  )
}

/** One notice with its whole text, and the key that says so. */
function MustRead({ post }: { post: Post }) {
  const { me } = useSession()
  const read = useReading()
  const w = words.value
  const text = asRead(post.text ?? post.title)
  return (
    <article class="must-read" data-must-read={post.id}>
      <Sign mood="word" />
      <div class="says">
        <p class="meta">
          <strong>{me.station ? w.groups.toReadByEach : w.groups.toRead}</strong>
          <span>{post.territory_name}</span>
          <span>{w.by(post.author.name)}</span>
          {post.talk?.expires && <span>{w.until(...timeAndDay(w, post.talk.expires, now.value))}</span>}
        </p>
        <h2>
          <a href={postPath(post.id)}>{text}</a>
        </h2>
        <Photos photos={post.photos} by={post.author.name} what={text} />
      </div>
      <button type="button" class="key main" aria-label={w.groups.understoodOf(asRead(post.title))} onClick={() => void read(post)}>
        {w.groups.understood}
      </button>
    </article>
  )
}
