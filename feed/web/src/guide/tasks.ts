// The first task of each persona, as steps that advance by what happened.
import type { Post } from '../api/types'
import type { Posts } from '../feed/merge'
import { isInHand, isOpen } from '../feed/order'
import type { Words } from '../i18n/fr'
import type { Route } from '../shell/route'
import type { Home } from '../shell/session'

/** What the guide goes by. */
export type Seen = {
  posts: Posts
  /** The posts as they were when the step began. */
  before: Posts
  at: Route
  me: string
  /** The post that the task is about, once it is known. */
  subject?: string
}

export type Step = {
  says: (words: Words['guide']) => string
  /** Said while what is to be touched is not there. */
  waits?: (words: Words['guide']) => string
  /** What to touch, best first. */
  targets: (seen: Seen) => string[]
  /** The post it happened to, or '' for none, once it happened. */
  done: (seen: Seen) => string | undefined
}

const named = (name: string): string => `[data-guide="${name}"]`
const inPost = ({ subject }: Seen, name: string): string => `[data-post="${CSS.escape(subject ?? '')}"] ${named(name)}`
const openedPost = ({ at }: Seen): string | undefined => (at.at === 'post' ? at.id : undefined)
const idOf = (posts: Posts, fits: (post: Post) => boolean): string | undefined => [...posts.values()].find(fits)?.id

/** The subject, once it is settled. A post that left the feed is settled too. */
function settled({ posts, subject }: Seen): string | undefined {
  const post = posts.get(subject ?? '')
  return post && isOpen(post.state) ? undefined : subject
}

const has = (post: Post | undefined, me: string): boolean => post !== undefined && isInHand(post.state) && post.taker?.member === me

const line: Step[] = [
  {
    says: (l) => l.line.take,
    waits: (l) => l.line.takeWait,
    targets: () => [named('take')],
    done: ({ posts, before, me }) => idOf(posts, (p) => has(p, me) && !has(before.get(p.id), me)),
  },
  {
    says: (l) => l.line.look,
    targets: (seen) => [inPost(seen, 'sheet')],
    done: (seen) => (openedPost(seen) === seen.subject ? seen.subject : settled(seen)),
  },
  { says: (l) => l.line.close, targets: (seen) => [`.page ${named('resolve')}`, inPost(seen, 'resolve')], done: settled },
]

/** The pages on the way to a report of an article. */
const reporting: Route['at'][] = ['scan', 'code', 'article', 'report']

const aisle: Step[] = [
  {
    says: (l) => l.aisle.scan,
    targets: () => [named('scan')],
    done: ({ at }) => (reporting.includes(at.at) ? '' : undefined),
  },
  {
    says: (l) => l.aisle.report,
    targets: () => [named('stock-out'), named('code'), named('open-article')],
    done: ({ posts, before, me }) =>
      idOf(posts, (p) => {
        const old = before.get(p.id)
        return p.kind === 'stock-out' && (old ? p.me_too > old.me_too : p.author.member === me)
      }),
  },
  { says: (l) => l.aisle.shelf, targets: (seen) => [inPost(seen, 'back-on-shelf'), named('back-on-shelf')], done: settled },
]

const direct: Step[] = [
  { says: (l) => l.direct.open, waits: (l) => l.direct.openWait, targets: () => [named('sheet')], done: openedPost },
  {
    says: (l) => l.direct.assign,
    targets: () => [named('assign'), `.page ${named('take')}`],
    done: ({ posts, before, subject = '' }) => {
      const [post, old] = [posts.get(subject), before.get(subject)]
      return post?.asked !== old?.asked || post?.state !== old?.state ? subject : undefined
    },
  },
  {
    says: (l) => l.direct.decide,
    waits: (l) => l.direct.decideWait,
    // Another post lies over the ideas: it is left first.
    targets: (seen) => [`.page ${named('decide')}`, ...(openedPost(seen) ? ['.page-top .back'] : []), `.item.idea ${named('sheet')}`],
    done: ({ posts, before }) => idOf(posts, (p) => p.kind === 'idea' && !isOpen(p.state) && isOpen(before.get(p.id)?.state ?? 'closed')),
  },
]

/** The task of whoever works on a screen. */
export const taskOf = (home: Home): Step[] => ({ line, aisle, direct, wall: [], office: [] })[home]
