import type { Post } from '../api/types'
import { isOpen } from '../feed/order'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatTime, now } from '../i18n/time'
import { roleWord } from './role'

/** What else is true of a post: it comes and goes, somebody was asked, it is silenced. */
export function Living({ post }: { post: Post }) {
  const says = livingOf(post, words.value, now.value)
  if (says.length === 0) return null
  return (
    <ul class="living">
      {says.map(([kind, text]) => (
        <li key={kind} class={kind}>
          {text}
        </li>
      ))}
    </ul>
  )
}

/** Each thing that is true, in the order in which it matters. */
export function livingOf(post: Post, w: Words, to: number): [kind: string, text: string][] {
  const l = w.living
  const says: [string, string][] = []
  if (post.audience) says.push(['audience', l[post.audience]])
  if (post.shelf && isOpen(post.state)) says.push(['shelf', shelfOf(post.shelf, w, to)])
  if (post.unstable) says.push(['unstable', l.unstable(post.flips ?? 0)])
  if (post.asked && post.state === 'new') says.push(['asked', l.asked(roleWord(post.asked, w))])
  if (post.noise) says.push(['noise', l.noisy(post.noise)])
  if (post.previous) says.push(['previous', l.goesOn])
  return says
}

function shelfOf(shelf: NonNullable<Post['shelf']>, w: Words, to: number): string {
  const l = w.living
  const name = shelf.by.name
  const state = shelf.once ? l.asleepOnce(name) : shelf.until ? l.asleepUntil(formatTime(w, shelf.until, to), name) : l.outOfService(name)
  return `${state} · ${asRead(shelf.reason)}`
}
