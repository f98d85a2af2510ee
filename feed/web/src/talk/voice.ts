import type { Client } from '../api/client'
import { read, write } from '../api/request'
import type { Guest, GuestThread, Mentionable, Version } from '../api/talk'
import type { PostDetail } from '../api/types'

/** What is written on: a comment, or, without one, the words of the post. */
export type Writing = { post: string; comment?: string }

const at = (id: string): string => `/posts/${encodeURIComponent(id)}`
const which = ({ comment }: Writing): { comment?: string } => ({ ...(comment && { comment }) })

/** What people do to what was said. Writes go the way of all that must not be lost. */
export class Voice {
  constructor(private readonly client: Client) {}

  edit = (on: Writing, text: string): Promise<PostDetail> =>
    this.does('PATCH', on.comment ? `${at(on.post)}/comments/${encodeURIComponent(on.comment)}` : at(on.post), { text })
  remove = (post: string, comment: string): Promise<PostDetail> => this.does('DELETE', `${at(post)}/comments/${encodeURIComponent(comment)}`)
  accept = (post: string, comment: string, on: boolean): Promise<PostDetail> => this.does(on ? 'PUT' : 'DELETE', `${at(post)}/accepted`, { comment })
  hide = (on: Writing, reason: string): Promise<PostDetail> => this.does('PUT', `${at(on.post)}/hidden`, { ...which(on), reason })
  show = (on: Writing): Promise<PostDetail> => this.does('DELETE', `${at(on.post)}/hidden`, which(on))
  contest = (on: Writing, text: string): Promise<PostDetail> => this.does('POST', `${at(on.post)}/contest`, { ...which(on), text })
  flag = (on: Writing, reason: string): Promise<PostDetail> => this.does('POST', `${at(on.post)}/flags`, { ...which(on), reason })
  /** Tells how many were told. */
  recommend = async (post: string, to: { people?: string[]; roles?: string[] }): Promise<number> =>
    (await this.client.send<{ reached: number }>('POST', `${at(post)}/recommend`, to)).body.reached

  mentionable = async (post: string, q: string): Promise<Mentionable> => (await read<Mentionable>(this.client.url(`${at(post)}/mentionable`, { q }))).body
  versions = async (on: Writing): Promise<Version[]> =>
    (await read<{ versions: Version[] }>(this.client.url(`${at(on.post)}/versions`, { comment: on.comment }))).body.versions

  guests = async (post: string): Promise<Guest[]> => (await read<{ guests: Guest[] }>(this.client.url(`${at(post)}/guests`))).body.guests
  /** A link is shown once, so there is nothing to keep for later: it is made now or not. */
  admit = async (post: string, name: string, days: number): Promise<Guest> =>
    (await write<Guest>('POST', this.client.url(`${at(post)}/guests`), { name, days })).body
  revoke = async (post: string, guest: string): Promise<void> =>
    void (await write('DELETE', this.client.url(`${at(post)}/guests/${encodeURIComponent(guest)}`)))

  private async does(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<PostDetail> {
    return (await this.client.send<PostDetail>(method, path, body)).body
  }
}

/** What a guest's link opens, in a language. */
export const readAsGuest = async (token: string, lang: string): Promise<GuestThread> =>
  (await read<GuestThread>(`/api/v1/guests/${encodeURIComponent(token)}?lang=${lang}`)).body
