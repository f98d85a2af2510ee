import type { Draft, Kind } from '../api/types'

/** Sends a draft from the reader's own place; false when it did not arrive. */
export type Send = (draft: Omit<Draft, 'territory'> & { kind: Kind }) => Promise<boolean>
