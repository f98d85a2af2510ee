import { useState } from 'preact/hooks'
import type { NeedPost, PlaceNeed, PlaceNeeds } from '../api/life'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import type { Words } from '../i18n/fr'
import { formatAge, now } from '../i18n/time'
import { useActs } from '../post/acts'
import { go, pagePath, postPath } from '../shell/route'
import { useSession } from '../shell/session'
import { Sign } from '../wire/Sign'
import type { Animation } from './animation'

type Props = { place: PlaceNeeds; need: PlaceNeed; animation: Animation }

const grave: PlaceNeed['why'][] = ['flat', 'unled', 'unanswered']

/** One reason why a place needs a hand, and the one thing to do about it. */
export function NeedRow({ place, need, animation }: Props) {
  const [open, setOpen] = useState(false)
  const w = words.value
  const h = w.life.help
  return (
    <li class={`need ${need.why}`}>
      <span class="need-sign">{grave.includes(need.why) && <Sign mood="major" />}</span>
      <p>
        <strong>{h.why[need.why]}</strong>
        <span>{reason(need, w, now.value)}</span>
      </p>
      {need.why === 'unanswered' && (
        <button type="button" class="key" aria-expanded={open} aria-label={w.actOn(h.posts, place.name)} onClick={() => setOpen(!open)}>
          {h.posts}
        </button>
      )}
      {need.why === 'noise' && (
        <button type="button" class="key" aria-label={w.actOn(h.rule, need.rule ?? '')} onClick={() => go(pagePath('rules', need.rule ?? ''))}>
          {h.rule}
        </button>
      )}
      {need.why === 'unread' && need.post && (
        <a class="key" href={postPath(need.post)} aria-label={w.actOn(h.notice, place.name)}>
          {h.notice}
        </a>
      )}
      {need.why === 'unled' && (
        <a class="key" href={pagePath('territories', place.path)} aria-label={w.actOn(h.name, place.name)}>
          {h.name}
        </a>
      )}
      {(need.why === 'flat' || need.why === 'one-person') && place.publish && (
        <a class="key" href={pagePath('publish', place.path)} aria-label={w.actOn(h.write, place.name)}>
          {h.write}
        </a>
      )}
      {open && <Waiting posts={need.posts} left={need.count - need.posts.length} animation={animation} />}
    </li>
  )
}

/** Why, in figures: of one person none is told. */
function reason(need: PlaceNeed, w: Words, to: number): string {
  const h = w.life.help
  switch (need.why) {
    case 'flat':
      return need.since ? h.flat(formatAge(w, need.since, to)) : ''
    case 'unled':
      return need.since ? h.unled(formatAge(w, need.since, to)) : ''
    case 'unanswered':
      return h.unanswered(need.count)
    case 'one-person':
      return h.onePerson
    case 'noise':
      return h.noise(asRead(need.rule_title || need.rule || ''), need.of, need.calls, need.count)
    default:
      return h.unread(need.count, need.of)
  }
}

/** The posts that wait, each with a key that reminds those who are at work. */
function Waiting({ posts, left, animation }: { posts: NeedPost[]; left: number; animation: Animation }) {
  const { say } = useSession()
  const { attempt } = useActs()
  const [nudged, setNudged] = useState<string[]>([])
  const w = words.value
  const h = w.life.help
  const nudge = async (post: NeedPost): Promise<void> => {
    const went = await attempt(async () => void (await animation.nudge(post.id)))
    if (!went) return
    setNudged((all) => [...all, post.id])
    say({ text: h.nudged })
  }
  return (
    <ul class="need-posts">
      {posts.map((post) => (
        <li key={post.id}>
          <a class="plain" href={postPath(post.id)}>
            {asRead(post.title)}
          </a>
          <span>{formatAge(w, post.opened_at, now.value)}</span>
          <button type="button" class="key" disabled={nudged.includes(post.id)} aria-label={w.actOn(h.nudge, post.title)} onClick={() => void nudge(post)}>
            {nudged.includes(post.id) ? h.nudgedKey : h.nudge}
          </button>
        </li>
      ))}
      {left > 0 && <li class="quiet">{h.more(left)}</li>}
    </ul>
  )
}
