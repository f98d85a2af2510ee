import type { Rest } from '../api/client'
import type { Author, Post, PostDetail, Reaction, Step } from '../api/types'
import { Refusal } from '../api/request'
import { words } from '../i18n/lang'
import { now } from '../i18n/time'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'
import { shelvedText } from './besides'
import { roleWord } from './role'

/** What a person can do to a post. Each tells whether it had effect. */
export function useActs() {
  const { feed, client, me, say, expired, asPerson } = useSession()
  const self: Author = { kind: 'person', name: me.name, member: me.id }

  /** What is done in the name of whoever is here, be it the station. */
  const hereby = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (err) {
      if (err instanceof Refusal && err.status === 401) expired()
      say({ text: explain(words.peek(), err), grave: true })
      return false
    }
  }
  /** What only a person does: on a station, whoever says that they are here. */
  const attempt = (work: () => Promise<void>): Promise<boolean> =>
    new Promise((done) =>
      asPerson(
        () => void hereby(work).then(done),
        () => done(false),
      ),
    )
  const change = (post: Post, seen: Partial<Post>, send: () => Promise<PostDetail>): Promise<boolean> =>
    attempt(() => feed.act(post.id, seen, send))
  const attend = (post: Post, seen: Partial<Post>, send: () => Promise<PostDetail>): Promise<boolean> =>
    hereby(() => feed.act(post.id, seen, send))
  const instant = (): string => new Date().toISOString()

  const reopen = (post: Post): Promise<boolean> =>
    change(post, { state: 'new', back_to_normal: false }, () => client.step(post.id, 'reopen'))
  const wake = (post: Post): Promise<boolean> => change(post, {}, () => client.step(post.id, 'unshelve'))
  return {
    attempt,
    reopen,
    take: (post: Post) =>
      attend(post, { state: 'taken', taker: self, taken_at: instant() }, () => client.step(post.id, 'take')),
    arrive: (post: Post) => attend(post, { state: 'onsite', taker: self }, () => client.step(post.id, 'onsite')),
    /** How far one came with a stock-out; who makes a step has it when nobody had. */
    step: (post: Post, step: Step['step']) => {
      const made = [...(post.steps ?? []), { step, at: instant(), by: self }]
      return change(post, { steps: made, ...(post.state === 'new' && { state: 'taken', taker: self }) }, () => client.step(post.id, `steps/${step}`))
    },
    /** The rule is told, and closes the post. */
    confirmEnd: (post: Post) => change(post, { latched: false }, () => client.step(post.id, 'reset')),
    giveBack: async (post: Post) => {
      const done = await change(post, { state: 'new' }, () => client.step(post.id, 'release'))
      if (done) say({ text: words.peek().living.givenBack })
    },
    shelve: async (post: Post, rest: Rest) => {
      const until = rest.minutes && new Date(Date.now() + rest.minutes * 60_000).toISOString()
      const shelf = { once: rest.once ?? false, by: self, reason: rest.reason, ...(until && { until }) }
      let after: Post = post
      const done = await change(post, { shelf }, async () => (after = await client.shelve(post.id, rest)))
      const w = words.peek()
      if (done) say({ text: shelvedText(after, w, now.peek()), action: { label: w.living.wake, run: () => void wake(post) } })
    },
    wake,
    disable: async (post: Post, reason: string) => {
      const done = await change(post, { shelf: { once: false, by: self, reason } }, () => client.outOfService(post.id, reason))
      if (done) say({ text: words.peek().living.disabled })
    },
    enable: async (post: Post) => {
      const done = await change(post, {}, () => client.step(post.id, 'in-service'))
      if (done) say({ text: words.peek().living.enabled })
    },
    noise: async (post: Post, on: boolean) => {
      const done = await change(post, {}, () => client.noise(post.id, on))
      if (done && on) say({ text: words.peek().living.noiseCounted })
    },
    resolve: async (post: Post, cause: string, action?: string) => {
      const ended: Partial<Post> = { state: 'resolved', cause, closed_at: instant(), ...(action && { action }) }
      const done = await change(post, ended, () => client.resolve(post.id, cause, action))
      const w = words.peek()
      const said = post.kind === 'idea' ? w.steer.decided(cause) : w.done
      if (done) say({ text: said, action: { label: w.reopen, run: () => void reopen(post) } })
      return done
    },
    /** Of what ended by itself: it stays ended, so there is nothing to reopen. */
    giveCause: async (post: Post, cause: string, action?: string) => {
      const done = await change(post, { cause, ...(action && { action }) }, () => client.resolve(post.id, cause, action))
      if (done) say({ text: words.peek().causeGiven })
      return done
    },
    ask: async (post: Post, role: string, text?: string) => {
      const done = await change(post, { asked: role, asked_by: me.name }, () => client.assign(post.id, role, text))
      const w = words.peek()
      if (done) say({ text: w.steer.asked(roleWord(role, w)) })
    },
    react: (post: Post, reaction: Reaction, on: boolean) => change(post, {}, () => client.react(post.id, reaction, on)),
  }
}
