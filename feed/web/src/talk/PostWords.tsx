import type { PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { Folded } from '../shell/Folded'
import { useSession } from '../shell/session'
import { calledNotes } from './called'
import { Marked } from './Marked'
import { stretches } from './marks'
import './talk.css'

/** What the author of a post wrote, where its title does not say it whole, with its tags and whom it called. */
export function PostWords({ post }: { post: PostDetail }) {
  const { me } = useSession()
  const w = words.value
  const text = post.text ?? ''
  const hidden = post.talk?.hidden
  const marked = stretches(text, []).some(({ mark }) => mark?.kind === 'link')
  const flags = post.flags.filter((flag) => !flag.comment)
  return (
    <>
      {text && (text !== post.title || marked) && (
        <Folded class={`said ${hidden ? 'veiled' : ''}`} text={text}>
          <Marked text={text} mentions={post.talk?.mentions} />
        </Folded>
      )}
      {post.talk?.edited_at && <p class="said-note">{w.talk.edited}</p>}
      {hidden?.answer && <p class="said-note">{w.talk.contested(hidden.answer)}</p>}
      {calledNotes(post.talk?.mentions, post.author.member === me.id, w).map((note) => (
        <p class="said-note" key={note}>
          {note}
        </p>
      ))}
      {flags.length > 0 && <p class="flagged">{w.talk.flagged(flags.length, [...new Set(flags.map((flag) => asRead(flag.reason)))].join(', '))}</p>}
      <Tags tags={post.talk?.tags ?? []} />
    </>
  )
}

/** The words under which the post is found again. */
function Tags({ tags }: { tags: string[] }) {
  if (tags.length === 0) return null
  return (
    <ul class="tags" aria-label={words.value.talk.tags}>
      {tags.map((tag) => (
        <li key={tag}>
          <a href={`/search/${encodeURIComponent(`#${tag}`)}`}>#{tag}</a>
        </li>
      ))}
    </ul>
  )
}
