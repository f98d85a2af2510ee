import { Refusal, read, write, type Answer } from '../api/request'
import type { Lang, Me } from '../api/types'
import { toBase64 } from '../photo/base64'
import type { Sealed } from '../seal/seal'
import type { Letter } from './letter'

const root = '/api/v1'

/** What came of a sealed letter: its status, and nothing of its content. */
export type Delivered = { status: number; problem?: string }

/** How letters reach the server. */
export interface Carrier {
  /** Who the server takes this browser for; nobody when it knows no session. */
  present(): Promise<string | undefined>
  /** Sends in the name of who is present. */
  send(letter: Letter): Promise<Answer<unknown>>
  /** Hands over what its author closed, whoever is present. */
  deliver(sealed: Sealed): Promise<Delivered>
}

/** Carries letters over HTTP; lang says which language to be answered in. */
export class HTTPCarrier implements Carrier {
  constructor(private readonly lang: () => Lang) {}

  present = async (): Promise<string | undefined> => {
    try {
      return (await read<Me>(this.url(`${root}/session`))).body.id
    } catch (err) {
      if (err instanceof Refusal && err.status === 401) return undefined
      throw err
    }
  }
  send = (letter: Letter): Promise<Answer<unknown>> =>
    write(letter.method, this.url(letter.path), letter.body, letter.key, letter.typed_at)
  deliver = async ({ seal, iv, data }: Sealed): Promise<Delivered> => {
    const body = { seal, iv: toBase64(iv), data: toBase64(new Uint8Array(data)) }
    return (await write<Delivered>('POST', this.url(`${root}/deliveries`), body)).body
  }

  private url = (path: string): string => `${path}?lang=${this.lang()}`
}
