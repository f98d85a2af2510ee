import { read, write } from './request'
import type {
  Comment,
  Draft,
  Lang,
  Machine,
  Me,
  Person,
  PostDetail,
  PostPage,
  Reaction,
  Source,
  Territory,
} from './types'

const root = '/api/v1'

/** A comment to make; a reply names its parent. */
export type Said = { text: string; parent?: string }

export type Step = 'take' | 'onsite' | 'reopen'

/** The server, as the screens use it. lang says which language to answer in. */
export class Client {
  constructor(private readonly lang: () => Lang) {}

  /** Someone who just signed in. */
  async signIn(member: string, pin: string): Promise<Me> {
    const { body } = await write<{ member: Me }>('POST', this.url('/session'), { member, pin })
    return body.member
  }
  me = async (): Promise<Me> => (await read<Me>(this.url('/session'))).body
  signOut = async (): Promise<void> => void (await write('DELETE', this.url('/session')))
  people = async (): Promise<Person[]> => (await read<{ members: Person[] }>(this.url('/session/members'))).body.members

  posts = async (query: { state: 'open' | 'ended'; limit: number; cursor?: string }): Promise<PostPage> =>
    (await read<PostPage>(this.url('/posts', query))).body
  post = async (id: string): Promise<PostDetail> => (await read<PostDetail>(this.url(path(id)))).body
  territories = async (): Promise<Territory[]> =>
    (await read<{ territories: Territory[] }>(this.url('/territories'))).body.territories
  machines = async (territory: string): Promise<Machine[]> =>
    (await read<{ machines: Machine[] }>(this.url('/machines', { territory }))).body.machines
  sources = async (): Promise<Source[]> => (await read<{ sources: Source[] }>(this.url('/sources'))).body.sources

  /** Posts a draft; joined tells that an open post on the same thing took it. */
  async report(draft: Draft, key: string): Promise<{ post: PostDetail; joined: boolean }> {
    const { body, headers } = await write<PostDetail>('POST', this.url('/posts'), draft, key)
    return { post: body, joined: headers.get('Joined') === 'true' }
  }
  comment = async (id: string, said: Said, key: string): Promise<Comment> =>
    (await write<Comment>('POST', this.url(`${path(id)}/comments`), said, key)).body
  step = async (id: string, step: Step): Promise<PostDetail> =>
    (await write<PostDetail>('POST', this.url(`${path(id)}/${step}`))).body
  resolve = async (id: string, cause: string): Promise<PostDetail> =>
    (await write<PostDetail>('POST', this.url(`${path(id)}/resolve`), { cause })).body
  react = async (id: string, reaction: Reaction, on: boolean): Promise<PostDetail> =>
    (await write<PostDetail>(on ? 'PUT' : 'DELETE', this.url(`${path(id)}/reactions/${reaction}`))).body

  /** Where changes after the given number are streamed from. */
  streamURL = (since: number): string => this.url('/stream', { since })

  private url(path: string, query: Record<string, string | number | undefined> = {}): string {
    const search = new URLSearchParams()
    for (const [key, value] of Object.entries({ ...query, lang: this.lang() })) {
      if (value !== undefined) search.set(key, String(value))
    }
    return `${root}${path}?${search}`
  }
}

const path = (id: string): string => `/posts/${encodeURIComponent(id)}`
