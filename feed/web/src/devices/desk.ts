import type { Client } from '../api/client'
import { read, write } from '../api/request'
import type { Device, Grant } from '../api/types'

/** A device as whoever looks after it sees it. */
export type Paired = Device & {
  paired_at?: string
  seen_at?: string
  /** Shown once, when it is made. */
  code?: string
  code_expires?: string
}

/** Someone with a place here, and whether a badge is theirs. */
export type Holder = { id: string; name: string; grants: Grant[]; badge: boolean }

export type NewDevice = { name: string; place: string; kind: Device['kind'] }

/** What an administrator does with devices and badges. */
export class Desk {
  constructor(private readonly client: Client) {}

  devices = async (): Promise<Paired[]> => (await read<{ devices: Paired[] }>(this.url('/devices'))).body.devices
  add = async (device: NewDevice): Promise<Paired> => (await write<Paired>('POST', this.url('/devices'), device)).body
  newCode = async (id: string): Promise<Paired> => (await write<Paired>('POST', this.url(`/devices/${encodeURIComponent(id)}/code`))).body
  revoke = async (id: string): Promise<void> => void (await write('DELETE', this.url(`/devices/${encodeURIComponent(id)}`)))

  holders = async (): Promise<Holder[]> => (await read<{ members: Holder[] }>(this.url('/members'))).body.members
  giveBadge = async (id: string, badge: string): Promise<void> => void (await write('PUT', this.url(badgeOf(id)), { badge }))
  removeBadge = async (id: string): Promise<void> => void (await write('DELETE', this.url(badgeOf(id))))

  private url = (path: string): string => this.client.url(path)
}

const badgeOf = (id: string): string => `/members/${encodeURIComponent(id)}/badge`
