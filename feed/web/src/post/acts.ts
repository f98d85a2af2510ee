import type { Rest } from '../api/client'
import type { Author, Post, PostDetail, Reaction } from '../api/types'
import { Refusal } from '../api/request'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { now } from '../i18n/time'
import { Queued } from '../outbox/queued'
import { explain } from '../shell/explain'
import { go } from '../shell/route'
import { useSession } from '../shell/session'
import { shelvedText } from './besides'

/**
 * What a person can do to a post. Each tells whether it is out of their hands:
 * the server has it, or the outbox until the network is back.
 */
export function useActs() {
  const { feed, client, me, say, expired, outbox } = useSession()
  const self: Author = { kind: 'person', name: me.name, member: me.id }

  /** Queued is what is done once the words are safe, though they have not arrived. */
  const attempt = async (work: () => Promise<void>, queued?: () => void): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (err) {
      if (err instanceof Queued) {
        const w = words.peek().outbox
        queued?.()
        say({ text: outbox.lasts.peek() ? w.queued : w.queuedShort, action: { label: w.see, run: () => go('/waiting') } })
        return true
      }
      if (err instanceof Refusal && err.status === 401) expired()
      say({ text: explain(words.peek(), err), grave: true })
      return false
    }
  }
  /** Shows a change at once; done is told of what the server has, not of what waits. */
  const change = (post: Post, seen: Partial<Post>, send: () => Promise<PostDetail>, done?: () => void): Promise<boolean> =>
    attempt(() => feed.act(post.id, seen, send).then(done))
  const tell = (text: (w: Words) => string) => (): void => say({ text: text(words.peek()) })
  const instant = (): string => new Date().toISOString()

  const reopen = (post: Post): Promise<boolean> =>
    change(post, { state: 'new', back_to_normal: false }, () => client.step(post.id, 'reopen'))
  const wake = (post: Post): Promise<boolean> => change(post, {}, () => client.step(post.id, 'unshelve'))
  return {
    attempt,
    reopen,
    take: (post: Post) =>
      change(post, { state: 'taken', taker: self, taken_at: instant() }, () => client.step(post.id, 'take')),
    arrive: (post: Post) => change(post, { state: 'onsite', taker: self }, () => client.step(post.id, 'onsite')),
    /** The rule is told, and closes the post. */
    confirmEnd: (post: Post) => change(post, { latched: false }, () => client.step(post.id, 'reset')),
    giveBack: (post: Post) => change(post, { state: 'new' }, () => client.step(post.id, 'release'), tell((w) => w.living.givenBack)),
    shelve: (post: Post, rest: Rest) => {
      const until = rest.minutes && new Date(Date.now() + rest.minutes * 60_000).toISOString()
      const shelf = { once: rest.once ?? false, by: self, reason: rest.reason, ...(until && { until }) }
      let after: Post = post
      return change(post, { shelf }, async () => (after = await client.shelve(post.id, rest)), () => {
        const w = words.peek()
        say({ text: shelvedText(after, w, now.peek()), action: { label: w.living.wake, run: () => void wake(post) } })
      })
    },
    wake,
    disable: (post: Post, reason: string) =>
      change(post, { shelf: { once: false, by: self, reason } }, () => client.outOfService(post.id, reason), tell((w) => w.living.disabled)),
    enable: (post: Post) => change(post, {}, () => client.step(post.id, 'in-service'), tell((w) => w.living.enabled)),
    noise: (post: Post, on: boolean) =>
      change(post, {}, () => client.noise(post.id, on), on ? tell((w) => w.living.noiseCounted) : undefined),
    resolve: (post: Post, cause: string, action?: string) => {
      const ended: Partial<Post> = { state: 'resolved', cause, closed_at: instant(), ...(action && { action }) }
      return change(post, ended, () => client.resolve(post.id, cause, action), () => {
        const w = words.peek()
        say({ text: w.done, action: { label: w.reopen, run: () => void reopen(post) } })
      })
    },
    /** Of what ended by itself: it stays ended, so there is nothing to reopen. */
    giveCause: (post: Post, cause: string, action?: string) =>
      change(post, { cause, ...(action && { action }) }, () => client.resolve(post.id, cause, action), tell((w) => w.causeGiven)),
    react: (post: Post, reaction: Reaction, on: boolean) => change(post, {}, () => client.react(post.id, reaction, on)),
  }
}
