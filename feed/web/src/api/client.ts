import type { Method } from '../outbox/letter'
import type { Article, Found } from './article'
import type { Balance, BehindPage, Cost, Meeting, MeetingChange, Span } from './balance'
import type { Audience, Readership } from './group'
import type { DecisionList, DecisionListName, Helped, Ruling } from './course'
import type { Held, Sheet, Side } from './living'
import { photosIn } from '../photo/base64'
import type { NoticeRules, NotificationPage, TrialResult } from './notification'
import { read, readEarly, Unreachable, write as writeNow, type Answer } from './request'
import type { CompanyKey } from './rights'
import type { Diff, Replay, RuleBook, Trial } from './rule'
import type {
  Comment,
  Draft,
  Lang,
  Machine,
  Me,
  Person,
  Post,
  PostDetail,
  PostPage,
  Pulse,
  Reaction,
  Rollout,
  Source,
  Territory,
  Topic,
} from './types'

const root = '/api/v1'

/** A comment to make; a reply names its parent. */
export type Said = { text: string; parent?: string; photos?: Blob[] }

/** Where what people write under /posts goes, which must not be lost on its way. */
export interface Postbox {
  send<T>(letter: { method: Method; path: string; body?: unknown; key?: string | undefined }): Promise<Answer<T>>
}

/** What was last read, for when it cannot be read. */
export interface Memory {
  keep(name: string, value: unknown): void
  recall<T>(name: string): Promise<T | undefined>
}

export type Step = 'take' | 'onsite' | 'reopen' | 'release' | 'unshelve' | 'reset' | 'in-service' | 'withdraw' | 'done' | 'steps/backroom' | 'steps/ordered'

/** How long a post is silenced, and why. */
export type Rest = { minutes?: number; once?: boolean; reason: string }

/** The server, as the screens use it. lang says which language to answer in. */
export class Client {
  constructor(
    private readonly lang: () => Lang,
    private readonly postbox: Postbox,
    private readonly memory: Memory,
  ) {}

  /** Someone who just signed in. */
  async signIn(member: string, pin: string): Promise<Me> {
    const { body } = await writeNow<{ member: Me }>('POST', this.url('/session'), { member, pin })
    return body.member
  }
  /** Someone whose badge was read on this paired device. */
  badge = async (badge: string): Promise<Me> =>
    (await writeNow<{ member: Me }>('POST', this.url('/session/badge'), { badge })).body.member
  /** This device, which a code has just paired. */
  pair = async (code: string): Promise<Me> => (await writeNow<Me>('POST', this.url('/device'), { code })).body
  /** Shows again, by the PIN, that it is still the same person. */
  prove = async (pin: string): Promise<void> => void (await writeNow('POST', this.url('/session/proof'), { pin }))
  /** Whether one may sign in with the company's account, and what a refusal's word means. */
  company = async (refused?: string): Promise<CompanyKey> => (await read<CompanyKey>(this.url('/session/company', { refused }))).body
  me = async (): Promise<Me> => (await read<Me>(this.url('/session'))).body
  signOut = async (): Promise<void> => void (await writeNow('DELETE', this.url('/session')))
  people = async (): Promise<Person[]> => (await read<{ members: Person[] }>(this.url('/session/members'))).body.members

  /** Asks at once for what every home needs, in the language that its reader most likely has. */
  foresee(limit: number): void {
    readEarly(this.url('/session'))
    for (const state of ['open', 'ended']) readEarly(this.url('/posts', { state, limit }))
  }

  posts = async (query: { state?: 'open' | 'ended'; limit: number; cursor?: string; territory?: string; audience?: 'ghost' | 'shadow'; topic?: Topic; tag?: string }): Promise<PostPage> =>
    (await read<PostPage>(this.url('/posts', query))).body
  post = async (id: string): Promise<PostDetail> => (await read<PostDetail>(this.url(path(id)))).body
  territories = async (): Promise<Territory[]> =>
    (await this.readOrRecall<{ territories: Territory[] }>('/territories')).territories
  pulse = async (): Promise<Pulse[]> => (await read<{ territories: Pulse[] }>(this.url('/pulse'))).body.territories
  machines = async (territory: string): Promise<Machine[]> =>
    (await this.readOrRecall<{ machines: Machine[] }>('/machines', { territory })).machines
  sources = async (): Promise<Source[]> => (await read<{ sources: Source[] }>(this.url('/sources'))).body.sources

  /** Posts a draft; joined tells that an open post on the same thing took it. */
  async report(draft: Draft, key: string): Promise<{ post: PostDetail; joined: boolean }> {
    const { body: post, headers } = await this.send<PostDetail>('POST', '/posts', await withPhotos(draft), key)
    return { post, joined: headers.get('Joined') === 'true' }
  }
  comment = async (id: string, said: Said, key: string): Promise<Comment> =>
    (await this.send<Comment>('POST', `${path(id)}/comments`, await withPhotos(said), key)).body
  step = async (id: string, step: Step): Promise<PostDetail> =>
    (await this.send<PostDetail>('POST', `${path(id)}/${step}`)).body
  resolve = async (id: string, cause: string, action?: string): Promise<PostDetail> =>
    (await this.send<PostDetail>('POST', `${path(id)}/resolve`, { cause, ...(action && { action }) })).body
  assign = async (id: string, role: string, text?: string): Promise<PostDetail> =>
    (await this.send<PostDetail>('POST', `${path(id)}/assign`, { role, ...(text && { text }) })).body
  /** One's word on a question or idea; where more than one decides, a vote. */
  decide = async (id: string, ruling: Ruling): Promise<PostDetail> => (await this.send<PostDetail>('POST', `${path(id)}/decide`, ruling)).body
  vote = async (id: string, yes: boolean, reason: string): Promise<PostDetail> =>
    (await this.send<PostDetail>('POST', `${path(id)}/vote`, { yes, reason })).body
  helped = async (id: string, effect: Helped, text?: string): Promise<PostDetail> =>
    (await this.send<PostDetail>('POST', `${path(id)}/effect`, { effect, ...(text && { text }) })).body
  decisions = async (list: DecisionListName, territory: string): Promise<DecisionList> =>
    (await read<DecisionList>(this.url('/decisions', { list, territory: territory || undefined }))).body
  shelve = async (id: string, rest: Rest): Promise<PostDetail> =>
    (await this.send<PostDetail>('POST', `${path(id)}/shelve`, rest)).body
  outOfService = async (id: string, reason: string): Promise<PostDetail> =>
    (await this.send<PostDetail>('POST', `${path(id)}/out-of-service`, { reason })).body
  noise = async (id: string, on: boolean): Promise<PostDetail> =>
    (await this.send<PostDetail>(on ? 'PUT' : 'DELETE', `${path(id)}/noise`)).body
  /** What whoever is here must read and has not. */
  notices = async (): Promise<Post[]> => (await read<{ posts: Post[] }>(this.url('/notices'))).body.posts
  /** Says that one read a notice as it is worded now. */
  markRead = async (id: string): Promise<PostDetail> => (await this.send<PostDetail>('POST', `${path(id)}/read`)).body
  choose = async (id: string, choice: number): Promise<PostDetail> => (await this.send<PostDetail>('PUT', `${path(id)}/choice`, { choice })).body
  remind = async (id: string): Promise<PostDetail> => (await this.send<PostDetail>('POST', `${path(id)}/remind`)).body
  endNotice = async (id: string): Promise<PostDetail> => (await this.send<PostDetail>('POST', `${path(id)}/end`)).body
  /** How many people something would be put to. */
  reach = async (to: Audience): Promise<number> => {
    const query = new URLSearchParams()
    for (const [name, values] of [['place', to.places], ['role', to.roles], ['skill', to.skills], ['shift', to.shifts]] as const) {
      for (const value of values ?? []) query.append(name, value)
    }
    return (await read<{ people: number }>(`${this.url('/reach')}&${query}`)).body.people
  }
  readers = async (id: string): Promise<Readership> => (await read<Readership>(this.url(`${path(id)}/readers`))).body
  react = async (id: string, reaction: Reaction, on: boolean): Promise<PostDetail> =>
    (await this.send<PostDetail>(on ? 'PUT' : 'DELETE', `${path(id)}/reactions/${reaction}`)).body

  /** Puts one's name on a side of a handover, with a word for the next shift. */
  sign = async (id: string, side: Side, text: string): Promise<PostDetail> =>
    (await this.send<PostDetail>('POST', `${path(id)}/sign`, { side, ...(text && { text }) })).body
  /** What the running shift would hand over now. */
  sheet = async (territory: string): Promise<Sheet> => (await read<Sheet>(this.url('/sheet', { territory }))).body
  /** What was answered there on a topic lately. */
  shifts = async (territory: string): Promise<string[]> => (await read<{ shifts: string[] }>(this.url('/shifts', { territory }))).body.shifts
  causes = async (territory: string, topic: Topic, asset?: string): Promise<string[]> =>
    (await read<{ causes: string[] }>(this.url('/causes', { territory, topic, asset }))).body.causes
  article = async (sku: string): Promise<Article> => (await read<Article>(this.url(`/articles/${encodeURIComponent(sku)}`))).body
  articles = async (q: string): Promise<Found[]> => (await read<{ articles: Found[] }>(this.url('/articles', { q }))).body.articles

  /** The activity report of a place on a week or month. */
  balance = async (territory: string, period: string): Promise<Balance> => (await read<Balance>(this.url(`/reports/${period}`, { territory }))).body
  /** The posts behind a figure of it, after so many that were listed before. */
  behind = async (territory: string, period: string, figure: string, after = 0): Promise<BehindPage> =>
    (await read<BehindPage>(this.url(`/reports/${period}/posts`, { territory, figure, after: after ? String(after) : undefined }))).body
  balanceFile = (territory: string, period: string, format: 'csv' | 'xlsx'): string => this.url(`/reports/${period}/file`, { territory, format })
  subscribe = async (territory: string, unit: 'week' | 'month', on: boolean): Promise<void> =>
    void (await writeNow(on ? 'PUT' : 'DELETE', this.url(`/reports/subscriptions/${unit}`, { territory })))
  setCost = async ({ territory, ...cost }: Cost): Promise<void> => void (await writeNow('PUT', this.url('/costs', { territory }), cost))
  /** The sheet of the shift or day of an instant, now without one. */
  meeting = async (territory: string, span: Span, at?: string): Promise<Meeting> =>
    (await read<Meeting>(this.url('/meeting', { territory, span, at }))).body
  writeMeeting = async (sheet: Meeting, change: MeetingChange): Promise<Meeting> =>
    (await writeNow<Meeting>('POST', this.url('/meeting', { territory: sheet.territory, span: sheet.span, at: sheet.from }), change)).body
  notifications = async (after?: string): Promise<NotificationPage> =>
    (await read<NotificationPage>(this.url('/notifications', { after }))).body
  unread = async (): Promise<number> => (await read<{ unread: number }>(this.url('/notifications/unread'))).body.unread
  readNotification = async (id: string): Promise<void> =>
    void (await writeNow('POST', this.url(`/notifications/${encodeURIComponent(id)}/read`)))
  readNotifications = async (): Promise<void> => void (await writeNow('POST', this.url('/notifications/read-all')))

  noticeRules = async (): Promise<NoticeRules> => (await read<NoticeRules>(this.url('/notifications/rules'))).body
  setNoticeRules = async (rules: Omit<NoticeRules, 'email'>): Promise<NoticeRules> =>
    (await writeNow<NoticeRules>('PUT', this.url('/notifications/rules'), { mail: rules.mail, urgent: rules.urgent, weekly: rules.weekly })).body
  tryNotification = async (): Promise<TrialResult[]> =>
    (await writeNow<{ results: TrialResult[] }>('POST', this.url('/notifications/test'))).body.results

  held = async (territory: string): Promise<{ held: Held[]; more: boolean }> =>
    (await read<{ held: Held[]; more: boolean }>(this.url('/held', { territory: territory || undefined }))).body
  rules = async (): Promise<RuleBook> => (await read<RuleBook>(this.url('/rules'))).body
  shadow = async (rule: string): Promise<Diff> =>
    (await read<{ diff: Diff }>(this.url(`/rules/${encodeURIComponent(rule)}/shadow`))).body.diff
  rollOut = async (territory: string, rollout: Rollout): Promise<Territory> =>
    (await writeNow<Territory>('PUT', this.url('/rollout', { territory }), { rollout })).body

  /** Starts a trial of rules on the past, and says under which id. */
  try = async (trial: Trial): Promise<string> => (await writeNow<{ id: string }>('POST', this.url('/replays'), trial)).body.id
  replay = async (id: string): Promise<Replay> => (await read<Replay>(this.url(`/replays/${encodeURIComponent(id)}`))).body
  forget = async (id: string): Promise<void> => void (await writeNow('DELETE', this.url(`/replays/${encodeURIComponent(id)}`)))

  /** Where a photo is; small is as wide as a thumb. */
  photoURL = (id: string, size: 'small' | 'large'): string => `${root}/photos/${encodeURIComponent(id)}?size=${size}`

  /** Where changes after the given number are streamed from. */
  streamURL = (since: number): string => this.url('/stream', { since })

  /** Every write under /posts goes this way, so that none is lost. */
  send<T>(method: Method, path: string, body?: unknown, key?: string): Promise<Answer<T>> {
    return this.postbox.send<T>({ method, path: root + path, ...(body !== undefined && { body }), key })
  }

  /** Reads; without a network, what was last read on this device. */
  private async readOrRecall<T>(path: string, query: Record<string, string> = {}): Promise<T> {
    const name = [path, ...Object.values(query)].join(' ')
    try {
      const { body } = await read<T>(this.url(path, query))
      this.memory.keep(name, body)
      return body
    } catch (err) {
      const last = err instanceof Unreachable ? await this.memory.recall<T>(name) : undefined
      if (last === undefined) throw err
      return last
    }
  }

  /** Where something of the API is, in the reader's language. */
  url(path: string, query: Record<string, string | number | undefined> = {}): string {
    const search = new URLSearchParams()
    for (const [key, value] of Object.entries({ ...query, lang: this.lang() })) {
      if (value !== undefined) search.set(key, String(value))
    }
    return `${root}${path}?${search}`
  }
}

/** What is sent with its photos as JSON carries them. */
const withPhotos = async <T extends { photos?: Blob[] }>({ photos, ...rest }: T): Promise<object> => ({ ...rest, ...(await photosIn(photos)) })

const path = (id: string): string => `/posts/${encodeURIComponent(id)}`
