import type { Client } from '../api/client'
import type { Follow, FollowKind, Neighbour, PlaceDetail, PlaceEdit, TreePlan } from '../api/place'
import { read, write } from '../api/request'
import { toBase64 } from '../photo/base64'

/** What people do to the tree of places, and what they follow of it. */
export class Survey {
  constructor(private readonly client: Client) {}

  place = async (territory: string): Promise<PlaceDetail> => (await read<PlaceDetail>(this.client.url('/place', { territory }))).body
  neighbours = async (territory: string): Promise<Neighbour[]> =>
    (await read<{ neighbours: Neighbour[] }>(this.client.url('/neighbours', { territory }))).body.neighbours
  edit = async (territory: string, edit: PlaceEdit): Promise<PlaceDetail> =>
    (await write<PlaceDetail>('PUT', this.client.url('/place', { territory }), edit)).body
  add = async (parent: string, name: string, kind: string): Promise<PlaceDetail> =>
    (await write<PlaceDetail>('POST', this.client.url('/place'), { parent, name, kind })).body
  move = async (territory: string, parent: string): Promise<PlaceDetail> =>
    (await write<PlaceDetail>('POST', this.client.url('/place/move', { territory }), { parent })).body
  close = async (territory: string): Promise<void> => void (await write('DELETE', this.client.url('/place', { territory })))

  /** Sends a file as it is: the server knows how Excel writes. */
  bring = async (file: File, apply: boolean): Promise<TreePlan> => {
    const data = toBase64(new Uint8Array(await file.arrayBuffer()))
    return (await write<TreePlan>('POST', this.client.url('/tree'), { name: file.name, data, apply })).body
  }
  fileURL = (format: 'csv' | 'yaml'): string => this.client.url('/tree', { format })

  follows = async (): Promise<Follow[]> => (await read<{ follows: Follow[] }>(this.client.url('/follows'))).body.follows
  follow = async (kind: FollowKind, target: string, on: boolean): Promise<void> =>
    void (await write(on ? 'PUT' : 'DELETE', this.client.url('/follows', { kind, target })))
}
