import type { Client } from '../api/client'
import { read, write } from '../api/request'
import type { OwnSession } from '../api/rights'

/** Where one is signed in, and whether one asked to be forgotten. */
export type Mine = { sessions: OwnSession[]; leaving: boolean }

export const readMine = async (client: Client): Promise<Mine> => (await read<Mine>(client.url('/me/sessions'))).body
export const endOthers = async (client: Client): Promise<void> => void (await write('DELETE', client.url('/me/sessions')))
/** Where to go for the company's account that becomes one's own. */
export const linkAddress = async (client: Client): Promise<string> => (await write<{ address: string }>('POST', client.url('/me/company'))).body.address
export const bid = async (client: Client, on: boolean): Promise<void> => void (await write(on ? 'PUT' : 'DELETE', client.url('/me/farewell')))
