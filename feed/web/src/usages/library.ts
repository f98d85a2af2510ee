import type { Client } from '../api/client'
import { read, write } from '../api/request'
import type { Checklist, LaunchName, LaunchStep, OpenCharter, Usage, UsageInstalled } from '../api/usage'

/** What people do with usages, checklists, launches and charters. */
export class Library {
  constructor(private readonly client: Client) {}

  all = async (): Promise<Usage[]> => (await read<{ usages: Usage[] }>(this.client.url('/usages'))).body.usages
  install = async (usage: string, territory: string): Promise<UsageInstalled> => (await write<UsageInstalled>('PUT', this.at(usage, territory))).body
  uninstall = async (usage: string, territory: string): Promise<void> => void (await write('DELETE', this.at(usage, territory)))

  checklists = async (group: string): Promise<Checklist[]> => (await read<{ checklists: Checklist[] }>(this.of(group))).body.checklists
  tick = async (group: string, list: string, item: number, on: boolean): Promise<Checklist[]> =>
    (await write<{ checklists: Checklist[] }>(on ? 'PUT' : 'DELETE', this.of(group, `/${encodeURIComponent(list)}/${item}`))).body.checklists

  launch = async (territory: string): Promise<LaunchStep[]> => (await read<{ steps: LaunchStep[] }>(this.client.url('/launch', { territory }))).body.steps
  tickStep = async (territory: string, step: LaunchName, done: boolean): Promise<LaunchStep[]> =>
    (await write<{ steps: LaunchStep[] }>('POST', this.client.url('/launch', { territory }), { step, done })).body.steps

  charters = async (): Promise<OpenCharter[]> => (await read<{ charters: OpenCharter[] }>(this.client.url('/me/charters'))).body.charters
  accept = async (territory: string, version: number): Promise<void> => void (await write('PUT', this.client.url('/me/charters', { territory }), { version }))
  accepted = async (territory: string): Promise<{ accepted: number; asked: number }> =>
    (await read<{ accepted: number; asked: number }>(this.client.url('/charter/figures', { territory }))).body

  private at = (usage: string, territory: string): string => this.client.url(`/usages/${encodeURIComponent(usage)}`, { territory })
  private of = (group: string, more = ''): string => this.client.url(`/groups/${encodeURIComponent(group)}/checklists${more}`)
}
