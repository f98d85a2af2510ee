import type { Post } from '../api/types'
import { isCalm, isInHand, isOpen, isSaid, lingers, moodOf, endOf } from '../feed/order'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAge, now, timeAndDay } from '../i18n/time'
import { useSession } from '../shell/session'

const minute = 60_000

/** Above the sentence: what it is, where, since when, how often. */
export function Meta({ post, places }: { post: Post; places: (string | undefined)[] }) {
  const w = words.value
  const { outbox } = useSession()
  const waits = outbox.mine.value.some(({ state, letter }) => state === 'waiting' && letter?.post === post.id)
  // A sentence that begins with its machine needs not be told it again.
  const place = [...new Set(places)].filter((name) => name && !post.title.startsWith(name)).join(' · ')
  return (
    <p class="meta">
      {isInHand(post.state) && post.severity !== 'info' && moodOf(post) === 'taken' && <strong class="grave">{w[post.severity]}</strong>}
      <strong>{standing(post, w)}</strong>
      {place && <span>{place}</span>}
      <time dateTime={post.since}>{duration(post, w, now.value)}</time>
      {post.occurrences > 1 && (
        <em>
          <span aria-hidden="true">{w.times(post.occurrences)}</span>
          <span class="spoken">{w.timesSaid(post.occurrences)}</span>
        </em>
      )}
      {isSaid(post) && isOpen(post.state) && post.talk?.expires && <span>{w.until(...timeAndDay(w, post.talk.expires, now.value))}</span>}
      {post.typed_at && <span>{w.outbox.typedAt(w.at(...timeAndDay(w, post.typed_at, now.value)))}</span>}
      {post.author.kind === 'person' && <span>{post.kind === 'idea' || post.kind === 'practice' || post.topic === 'life' ? w.by(post.author.name) : w.saidBy(post.author.name)}</span>}
      {post.me_too > 1 && <em>{w.meToo(post.me_too)}</em>}
      {waits && <em class="stale">{w.outbox.waits}</em>}
      {post.stale && <em class="stale">{w.stale}</em>}
    </p>
  )
}

/** Whether how grave it is says more than what kind it is. */
const ranked = (post: Post): boolean => post.kind === 'alert' || post.kind === 'flood'

/** "Critique · Qualité", "Pris par Karim · Arrêt", "Rupture". */
function standing(post: Post, w: Words): string {
  const what = post.kind === 'alert' ? w.topic[post.topic] : w.kind[post.kind]
  switch (moodOf(post)) {
    case 'taken':
      return `${holder(post, w)} · ${what}`
    case 'done':
      if (isOpen(post.state)) return `${w.living.latched} · ${what}`
      if (isCalm(post)) return what
      return [post.kind !== 'idea' && post.kind !== 'question' && endingOf(post, w), ...answerOf(post)].filter(Boolean).join(' · ')
    default:
      return ranked(post) ? `${w[post.severity]} · ${what}` : what
  }
}

/** Why, and what was done about it: said once where both are the same words. */
const answerOf = ({ cause, action }: Post): string[] => [...new Set([cause, action])].flatMap((says) => (says ? [asRead(says)] : []))

/** How it ended: a post that closed without a word was closed with its rule. */
function endingOf(post: Post, w: Words): string {
  if (post.back_to_normal) return w.backToNormal
  if (lingers(post)) return w.lingers
  return post.state === 'closed' && !post.cause ? w.entry.retired : w.resolved
}

function holder(post: Post, w: Words): string {
  const name = post.taker?.name
  if (post.state === 'onsite') return name ? w.onSiteBy(name) : w.onSite
  return name ? w.takenBy(name) : w.taken
}

function duration(post: Post, w: Words, to: number): string {
  if (post.kind === 'practice') return w.at(...timeAndDay(w, post.opened_at, to)) // it took no time
  if (!isOpen(post.state)) {
    const lasted = w.lasted(formatAge(w, post.since, Date.parse(endOf(post))))
    return `${w.at(...timeAndDay(w, endOf(post), to))} · ${lasted}`
  }
  return to - Date.parse(post.since) < minute ? w.justNow : w.since(formatAge(w, post.since, to))
}
