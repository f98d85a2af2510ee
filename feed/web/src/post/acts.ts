import type { Author, Me, Post, PostDetail, Reaction } from '../api/types'
import { Refusal } from '../api/request'
import { isOpen, within } from '../feed/order'
import { words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'

export type Next = 'take' | 'arrive' | 'resolve' | 'decide'

/** The one act that is likely next for this person, if any. */
export function nextFor(post: Post, me: Me): Next | undefined {
  if (!isOpen(post.state)) return undefined
  if (post.kind === 'idea') return mayDecide(post, me) ? 'decide' : undefined
  if (post.state === 'new') return 'take'
  return post.state === 'taken' && post.taker?.member === me.id ? 'arrive' : 'resolve'
}

const mayDecide = (post: Post, me: Me): boolean =>
  me.grants.some((g) => (g.role === 'manager' || g.role === 'lead') && within(post.territory, g.territory))

/** What a person can do to a post. Each tells whether it had effect. */
export function useActs() {
  const { feed, client, me, say, expired } = useSession()
  const self: Author = { kind: 'person', name: me.name, member: me.id }

  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (err) {
      if (err instanceof Refusal && err.status === 401) expired()
      say({ text: explain(words.peek(), err), grave: true })
      return false
    }
  }
  const change = (post: Post, seen: Partial<Post>, send: () => Promise<PostDetail>): Promise<boolean> =>
    attempt(() => feed.act(post.id, seen, send))
  const instant = (): string => new Date().toISOString()

  const reopen = (post: Post): Promise<boolean> =>
    change(post, { state: 'new', back_to_normal: false }, () => client.step(post.id, 'reopen'))
  return {
    attempt,
    reopen,
    take: (post: Post) =>
      change(post, { state: 'taken', taker: self, taken_at: instant() }, () => client.step(post.id, 'take')),
    arrive: (post: Post) => change(post, { state: 'onsite', taker: self }, () => client.step(post.id, 'onsite')),
    resolve: async (post: Post, cause: string) => {
      const ended: Partial<Post> = { state: 'resolved', cause, closed_at: instant() }
      const done = await change(post, ended, () => client.resolve(post.id, cause))
      const w = words.peek()
      if (done) say({ text: w.done, action: { label: w.reopen, run: () => void reopen(post) } })
      return done
    },
    react: (post: Post, reaction: Reaction, on: boolean) => change(post, {}, () => client.react(post.id, reaction, on)),
  }
}
