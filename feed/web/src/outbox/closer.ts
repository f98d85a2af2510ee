import type { Me } from '../api/types'
import { canSeal, Seal, type Sealed } from '../seal/seal'

/** What closes a letter, and opens what it closed itself. */
export interface Closer {
  readonly id: string
  close(value: unknown): Promise<Sealed>
  open<T>(sealed: Sealed): Promise<T>
}

const bare = 'bare '

/**
 * Closes nothing. Where a browser refuses to seal (plain HTTP), letters stay in
 * memory, and go out by the hand of their author only.
 */
export class Bare implements Closer {
  readonly id: string

  constructor(member: string) {
    this.id = bare + member
  }

  close = async (value: unknown): Promise<Sealed> => ({
    seal: this.id,
    iv: new Uint8Array(),
    data: new TextEncoder().encode(JSON.stringify(value)).buffer,
  })
  open = async <T>(sealed: Sealed): Promise<T> => JSON.parse(new TextDecoder().decode(sealed.data)) as T
}

/** Whether what carries this seal may be written to a disk. */
export const isSealed = (seal: string): boolean => !seal.startsWith(bare)

/** The closer of whoever is there. */
export const closerOf = async (me: Me): Promise<Closer> =>
  me.seal && canSeal() ? Seal.from(me.seal) : new Bare(me.id)
