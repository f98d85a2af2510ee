import type { Ruling } from '../api/course'
import type { Author, Post } from '../api/types'
import { decidedAs } from '../course/course'
import { isOpen } from '../feed/order'
import type { Waiting } from './item'

/** How a post looks once what waits has arrived. */
export type Effect = (post: Post) => Post

type Body = { cause?: string; action?: string; reason?: string; minutes?: number; once?: boolean }

/** What the acts that wait do to posts, by post. */
export function effectsOf(mine: readonly Waiting[], self: Author): ReadonlyMap<string, Effect> {
  const effects = new Map<string, Effect>()
  for (const item of mine) {
    const id = item.letter?.post
    if (!id || item.state !== 'waiting') continue
    const before = effects.get(id) ?? ((post) => post)
    effects.set(id, (post) => ({ ...before(post), ...effectOf(item, self, before(post)) }))
  }
  return effects
}

function effectOf({ letter, typed_at }: Waiting, self: Author, post: Post): Partial<Post> {
  const body = letter!.body as Body
  switch (letter!.kind) {
    case 'take':
      return { state: 'taken', taker: self, taken_at: typed_at }
    case 'onsite':
      return { state: 'onsite', taker: self }
    case 'release':
      return { state: 'new' }
    case 'reopen':
      return { state: 'new', back_to_normal: false }
    case 'reset':
      return { latched: false }
    case 'resolve': {
      const said = { ...(body.cause && { cause: body.cause }), ...(body.action && { action: body.action }) }
      return isOpen(post.state) ? { ...said, state: 'resolved', closed_at: typed_at } : said
    }
    case 'decide':
      return decidedAs(post, letter!.body as Ruling, self, typed_at)
    case 'shelve': {
      const until = body.minutes && new Date(Date.parse(typed_at) + body.minutes * 60_000).toISOString()
      return { shelf: { once: body.once ?? false, by: self, reason: body.reason ?? '', ...(until && { until }) } }
    }
    default:
      return {}
  }
}
