import type { Helped, Ruling } from '../api/course'
import type { Rest } from '../api/client'
import type { Author, Post, PostDetail, Reaction, Step as ShelfStep } from '../api/types'
import { charterMissed, charterType } from '../notice/charter'
import { decidedAs, verdictOf } from '../course/course'
import { Animation } from '../life/animation'
import { Refusal } from '../api/request'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { now } from '../i18n/time'
import { Queued } from '../outbox/queued'
import { explain } from '../shell/explain'
import { go } from '../shell/route'
import { useSession } from '../shell/session'
import { shelvedText } from './besides'
import { roleWord } from './role'

/**
 * What a person can do to a post. Each tells whether it is out of their hands:
 * the server has it, or the outbox until the network is back.
 */
export function useActs() {
  const { feed, client, me, say, expired, asPerson, outbox } = useSession()
  const self: Author = { kind: 'person', name: me.name, member: me.id }

  /**
   * What is done in the name of whoever is here, be it the station. queued is
   * done once the words are safe, though they have not arrived.
   */
  const hereby = async (work: () => Promise<void>, queued?: () => void): Promise<boolean> => {
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
      const missed = err instanceof Refusal && err.type === charterType
      if (missed) charterMissed.value++
      say({ text: explain(words.peek(), err), grave: true, ...(missed && { action: { label: words.peek().usages.readCharter, run: () => go('/') } }) })
      return false
    }
  }
  /** What only a person does: on a station, whoever says that they are here. */
  const attempt = (work: () => Promise<void>, queued?: () => void): Promise<boolean> =>
    new Promise((done) =>
      asPerson(
        () => void hereby(work, queued).then(done),
        () => done(false),
      ),
    )
  /** Shows a change at once; done is told of what the server has, not of what waits. */
  const change = (post: Post, seen: Partial<Post>, send: () => Promise<PostDetail>, done?: () => void): Promise<boolean> =>
    attempt(() => feed.act(post.id, seen, send).then(done))
  const attend = (post: Post, seen: Partial<Post>, send: () => Promise<PostDetail>, done?: () => void): Promise<boolean> =>
    hereby(() => feed.act(post.id, seen, send).then(done))
  const tell = (text: (w: Words) => string) => (): void => say({ text: text(words.peek()) })
  const instant = (): string => new Date().toISOString()

  const reopen = (post: Post): Promise<boolean> =>
    change(post, { state: 'new', back_to_normal: false }, () => client.step(post.id, 'reopen'))
  const untake = (post: Post): Promise<boolean> =>
    (post.kind === 'help-wanted' ? change : attend)(post, { state: 'new' }, () => client.step(post.id, 'release'), tell((w) => w.living.givenBack))
  const wake = (post: Post): Promise<boolean> => change(post, {}, () => client.step(post.id, 'unshelve'))
  return {
    attempt,
    reopen,
    // A station takes a post; only somebody comes to help.
    take: (post: Post) =>
      (post.kind === 'help-wanted' ? change : attend)(post, { state: 'taken', taker: self, taken_at: instant() }, () => client.step(post.id, 'take'), () => {
        const w = words.peek()
        say({ text: w.living.takenNow, action: { label: w.cancel, run: () => void untake(post) } })
      }),
    arrive: (post: Post) => attend(post, { state: 'onsite', taker: self }, () => client.step(post.id, 'onsite')),
    /** How far one came with a stock-out; who makes a step has it when nobody had. */
    step: (post: Post, step: ShelfStep['step']) => {
      const made = [...(post.steps ?? []), { step, at: instant(), by: self }]
      return change(post, { steps: made, ...(post.state === 'new' && { state: 'taken', taker: self }) }, () => client.step(post.id, `steps/${step}`))
    },
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
    nudge: (post: Post) => change(post, {}, () => new Animation(client).nudge(post.id), tell((w) => w.life.help.nudged)),
    pin: (post: Post, on: boolean) => change(post, {}, () => new Animation(client).pin(post.id, on), on ? tell((w) => w.life.help.pinnedNow) : undefined),
    noise: (post: Post, on: boolean) =>
      change(post, {}, () => client.noise(post.id, on), on ? tell((w) => w.living.noiseCounted) : undefined),
    resolve: (post: Post, cause: string, action?: string) => {
      const ended: Partial<Post> = { state: 'resolved', cause, closed_at: instant(), ...(action && { action }) }
      return change(post, ended, () => client.resolve(post.id, cause, action), () => {
        const w = words.peek()
        say({ text: w.done, action: { label: w.reopen, run: () => void reopen(post) } })
      })
    },
    /** A word on a question or idea: it ends it, or counts among those of others. */
    decide: (post: Post, ruling: Ruling) => {
      const seen = decidedAs(post, ruling, self, instant())
      return change(post, seen, () => client.decide(post.id, ruling), () => {
        const w = words.peek()
        const ended = seen.state === 'resolved'
        say({
          text: ended ? w.steer.decided(verdictOf(post, ruling.outcome, w)) : w.circuits.votedNow,
          ...(ended && { action: { label: w.reopen, run: () => void reopen(post) } }),
        })
      })
    },
    /** What an accepted idea asked for is done. */
    taskDone: (post: Post) => change(post, {}, () => client.step(post.id, 'done'), tell((w) => w.circuits.thanks)),
    helped: (post: Post, effect: Helped, text: string) => change(post, {}, () => client.helped(post.id, effect, text), tell((w) => w.circuits.thanks)),
    /** Of what ended by itself: it stays ended, so there is nothing to reopen. */
    giveCause: (post: Post, cause: string, action?: string) =>
      change(post, { cause, ...(action && { action }) }, () => client.resolve(post.id, cause, action), tell((w) => w.causeGiven)),
    ask: (post: Post, role: string, text?: string) =>
      change(post, { asked: role, asked_by: me.name }, () => client.assign(post.id, role, text), tell((w) => w.steer.asked(roleWord(role, w)))),
    react: (post: Post, reaction: Reaction, on: boolean) => change(post, {}, () => client.react(post.id, reaction, on)),
  }
}
