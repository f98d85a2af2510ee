import type { Client } from '../api/client'
import type { Embassy, OwnEmbassies, PlaceNeeds } from '../api/life'
import { read, write } from '../api/request'
import type { PostDetail } from '../api/types'

/** What is done so that places live: who needs a hand, who gives it. */
export class Animation {
  constructor(private readonly client: Client) {}

  needs = async (): Promise<PlaceNeeds[]> => (await read<{ territories: PlaceNeeds[] }>(this.client.url('/territories/help'))).body.territories
  embassy = async (territory: string): Promise<Embassy> => (await read<Embassy>(this.client.url('/ambassadors', { territory }))).body
  propose = (territory: string, member: string): Promise<unknown> => write('PUT', this.at(territory, member))
  stop = (territory: string, member: string): Promise<unknown> => write('DELETE', this.at(territory, member))
  own = async (): Promise<OwnEmbassies> => (await read<OwnEmbassies>(this.client.url('/me/ambassador'))).body
  answer = (territory: string, yes: boolean): Promise<unknown> => write('PUT', this.client.url('/me/ambassador', { territory }), { yes })
  nudge = async (post: string): Promise<PostDetail> => (await this.client.send<PostDetail>('POST', `/posts/${encodeURIComponent(post)}/nudge`)).body
  pin = async (post: string, on: boolean): Promise<PostDetail> =>
    (await this.client.send<PostDetail>(on ? 'PUT' : 'DELETE', `/posts/${encodeURIComponent(post)}/pin`)).body

  private at = (territory: string, member: string): string => this.client.url(`/ambassadors/${encodeURIComponent(member)}`, { territory })
}
