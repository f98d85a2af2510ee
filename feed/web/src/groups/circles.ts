import type { Client } from '../api/client'
import type { Caller, Group, GroupChange, GroupDetail, GroupDraft } from '../api/group'
import type { ProposalDraft, ProposalList } from '../api/proposal'
import { read, write } from '../api/request'

/** Somebody whom a keeper may invite. */
export type Candidate = Pick<Caller, 'member' | 'name'>

/** What people do with groups. */
export class Circles {
  constructor(private readonly client: Client) {}

  all = async (): Promise<Group[]> => (await read<{ groups: Group[] }>(this.client.url('/groups'))).body.groups
  one = async (id: string): Promise<GroupDetail> => (await read<GroupDetail>(this.url(id))).body
  candidates = async (id: string): Promise<Candidate[]> => (await read<{ people: Candidate[] }>(this.url(id, '/candidates'))).body.people
  create = async (draft: GroupDraft): Promise<GroupDetail> => (await write<GroupDetail>('POST', this.client.url('/groups'), draft)).body
  change = async (id: string, change: GroupChange): Promise<GroupDetail> => (await write<GroupDetail>('PATCH', this.url(id), change)).body
  join = async (id: string): Promise<GroupDetail> => (await write<GroupDetail>('POST', this.url(id, '/join'))).body
  /** Accepts who asks, invites who does not, or gives a member another role. */
  admit = async (id: string, member: string, role: 'member' | 'keeper'): Promise<GroupDetail> =>
    (await write<GroupDetail>('PUT', this.url(id, of(member)), { role })).body
  part = async (id: string, member: string): Promise<void> => void (await write('DELETE', this.url(id, of(member))))
  /** The places that are proposed to the reader, and whom they may name in one. */
  proposals = async (): Promise<ProposalList> => (await read<ProposalList>(this.client.url('/proposals'))).body
  propose = async (draft: ProposalDraft, key: string): Promise<void> => void (await write('POST', this.client.url('/proposals'), draft, key))
  answer = async (id: string, yes: boolean): Promise<void> => void (await write('PUT', this.proposal(id, '/answer'), { yes }))
  withdraw = async (id: string): Promise<void> => void (await write('DELETE', this.proposal(id)))

  private proposal = (id: string, more = ''): string => this.client.url(`/proposals/${encodeURIComponent(id)}${more}`)
  private url = (id: string, more = ''): string => this.client.url(`/groups/${encodeURIComponent(id)}${more}`)
}

const of = (member: string): string => `/members/${encodeURIComponent(member)}`
