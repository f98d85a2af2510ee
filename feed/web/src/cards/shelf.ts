import type { Client } from '../api/client'
import type { CardDraft, PracticeList, PracticeListName } from '../api/practice'
import { read } from '../api/request'
import type { PostDetail } from '../api/types'

const at = (id: string): string => `/posts/${encodeURIComponent(id)}`

/** Good practices on the server. Writes go the way of all that must not be lost. */
export class Shelf {
  constructor(private readonly client: Client) {}

  make = (post: string, draft: CardDraft): Promise<PostDetail> => this.does('POST', `${at(post)}/practice`, draft)
  rewrite = (card: string, draft: CardDraft): Promise<PostDetail> => this.does('PUT', `${at(card)}/practice`, draft)
  confirm = (card: string): Promise<PostDetail> => this.does('POST', `${at(card)}/confirm`)
  unsay = (card: string): Promise<PostDetail> => this.does('DELETE', `${at(card)}/confirm`)
  retire = (card: string, reason: string): Promise<PostDetail> => this.does('POST', `${at(card)}/retire`, { reason })
  helped = (post: string, card: string, on: boolean): Promise<PostDetail> => this.does(on ? 'PUT' : 'DELETE', `${at(post)}/helped`, { card })

  list = async (state: PracticeListName, territory: string): Promise<PracticeList> =>
    (await read<PracticeList>(this.client.url('/practices', { state, territory: territory || undefined }))).body

  private async does(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<PostDetail> {
    return (await this.client.send<PostDetail>(method, path, body)).body
  }
}
