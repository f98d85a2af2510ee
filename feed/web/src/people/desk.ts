import type { Client } from '../api/client'
import type { Colleague, HelpCall } from '../api/people'
import { read, write } from '../api/request'
import type { Named } from '../api/talk'

export type Asked = { q?: string; skill?: string; appetence?: string; place?: string; present?: 'true' }
export type Choices = { listed?: boolean; open?: boolean; consents?: boolean }

/** What people are to each other: who can what, who is here, who wants a hand. */
export class Desk {
  constructor(private readonly client: Client) {}

  people = async (asked: Asked): Promise<{ people: Colleague[]; more: boolean }> =>
    (await read<{ people: Colleague[]; more: boolean }>(this.client.url('/people', asked))).body
  person = async (id: string): Promise<Colleague> => (await read<Colleague>(this.client.url(card(id)))).body
  skills = async (q: string): Promise<string[]> => (await read<{ skills: string[] }>(this.client.url('/skills', { q }))).body.skills
  delegates = async (): Promise<Named[]> => (await read<{ people: Named[] }>(this.client.url('/delegates'))).body.people
  calls = async (): Promise<HelpCall[]> => (await read<{ calls: HelpCall[] }>(this.client.url('/help'))).body.calls

  choose = (id: string, choices: Choices): Promise<Colleague> => this.send('PATCH', card(id), choices)
  setSkill = (id: string, skill: string, level: number, expires?: string): Promise<Colleague> =>
    this.send('PUT', `${card(id)}/skills/${encodeURIComponent(skill)}`, { level, ...(expires && { expires }) })
  dropSkill = (id: string, skill: string): Promise<Colleague> => this.send('DELETE', `${card(id)}/skills/${encodeURIComponent(skill)}`)
  wish = (id: string, skill: string, on: boolean): Promise<Colleague> =>
    this.send(on ? 'PUT' : 'DELETE', `${card(id)}/appetences/${encodeURIComponent(skill)}`)
  answerHint = (id: string, skill: string, add: boolean): Promise<Colleague> =>
    this.send('POST', `${card(id)}/suggestions/${encodeURIComponent(skill)}`, { add })
  validate = (id: string, skill: string, expires?: string): Promise<Colleague> =>
    this.send('POST', `${card(id)}/skills/${encodeURIComponent(skill)}/validate`, { ...(expires && { expires }) })

  leave = (): Promise<void> => this.send('DELETE', '/presence')
  away = (from: string, until: string, delegate: string): Promise<void> => this.send('PUT', '/absence', { from, until, ...(delegate && { delegate }) })
  back = (): Promise<void> => this.send('DELETE', '/absence')
  come = (id: string): Promise<HelpCall> => this.send('POST', `/help/${encodeURIComponent(id)}/come`)

  private send = async <T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> =>
    (await write<T>(method, this.client.url(path), body)).body
}

const card = (id: string): string => `/people/${encodeURIComponent(id)}`
