import type { Client } from '../api/client'
import type { Machine } from '../api/types'

/** A machine as one may point at it. */
export type Named = Pick<Machine, 'path' | 'name'>

const key = (territory: string): string => `fildefer.machines.${territory}`

/** Reads the machines of a territory, and keeps their names for when they cannot be read. */
export async function readMachines(client: Client, territory: string): Promise<Machine[]> {
  const machines = await client.machines(territory)
  const named: Named[] = machines.map(({ path, name }) => ({ path, name }))
  sessionStorage.setItem(key(territory), JSON.stringify(named))
  return machines
}

/** The machines that were last read there on this device. */
export const lastMachines = (territory: string): Named[] =>
  JSON.parse(sessionStorage.getItem(key(territory)) ?? '[]') as Named[]
