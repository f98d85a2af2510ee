import type { Client } from '../api/client'
import { read, write } from '../api/request'
import type { Invitation, PeoplePlan } from '../api/rights'
import type { Grant, Role } from '../api/types'
import { toBase64 } from '../photo/base64'

/** Somebody with a role here. */
export type Colleague = { id: string; name: string; grants: Grant[]; badge: boolean; /** There is a way for them to sign in. */ entry: boolean }

export type NewInvitation = { name: string; place: string; role: Role; lang: 'fr' | 'en' }

/** What is done with who works where. */
export class Registry {
  constructor(private readonly client: Client) {}

  /** By name, as they are looked for. */
  colleagues = async (): Promise<Colleague[]> => {
    const { members } = (await read<{ members: Colleague[] }>(this.client.url('/members'))).body
    return members.sort((a, b) => a.name.localeCompare(b.name))
  }
  role = async (id: string, territory: string, role: Role, on: boolean): Promise<void> =>
    void (await write('PUT', this.client.url(`${path(id)}/roles`), { territory, role, on }))
  revoke = async (id: string): Promise<void> => void (await write('DELETE', this.client.url(path(id))))

  /** Sends a file as it is: the server knows how Excel writes. */
  bring = async (file: File, apply: boolean): Promise<PeoplePlan> => {
    const data = toBase64(new Uint8Array(await file.arrayBuffer()))
    return (await write<PeoplePlan>('POST', this.client.url('/members'), { name: file.name, data, apply })).body
  }
  templateURL = (format: 'csv' | 'yaml'): string => this.client.url('/members/template', { format })

  /** The way in for a member who has none yet; what they were handed before is void. */
  inviteMember = async (id: string): Promise<Invitation> =>
    (await write<Invitation>('POST', this.client.url(`${path(id)}/invitation`), {})).body
  invitations = async (): Promise<Invitation[]> =>
    (await read<{ invitations: Invitation[] }>(this.client.url('/invitations'))).body.invitations
  invite = async (invitation: NewInvitation): Promise<Invitation> =>
    (await write<Invitation>('POST', this.client.url('/invitations'), invitation)).body
  withdraw = async (id: string): Promise<void> => void (await write('DELETE', this.client.url(`/invitations/${encodeURIComponent(id)}`)))
}

const path = (id: string): string => `/members/${encodeURIComponent(id)}`
