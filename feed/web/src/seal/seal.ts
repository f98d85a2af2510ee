import { fromBase64 } from './base64'

/** Words that only whoever holds the seal reads; may be kept anywhere. */
export type Sealed = { seal: string; iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }

/** Whether this address may seal at all: browsers refuse it on plain HTTP. */
export const canSeal = (): boolean => typeof crypto !== 'undefined' && crypto.subtle !== undefined

// 96 random bits, as AES-GCM wants: one key closes some thousand records, far
// from the billions after which two of these might be the same.
const ivBytes = 12

/** Closes what a person wrote on a device that is not only theirs, and opens it again. */
export class Seal {
  private constructor(
    /** The name under which the server knows the key. */
    readonly id: string,
    private readonly key: CryptoKey,
    private readonly naming: CryptoKey,
  ) {}

  /** The key is made such that no script can read it back. */
  static async from(seal: { id: string; key: string }): Promise<Seal> {
    const raw = fromBase64(seal.key)
    const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
    const naming = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    raw.fill(0)
    return new Seal(seal.id, key, naming)
  }

  async close(value: unknown): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
    const plain = new TextEncoder().encode(JSON.stringify(value))
    return { seal: this.id, iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.key, plain) }
  }

  /** Fails on what another seal closed, and on what was changed since. */
  async open<T>(sealed: Sealed): Promise<T> {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, this.key, sealed.data)
    return JSON.parse(new TextDecoder().decode(plain)) as T
  }

  /** A name for a record which is always the same, and tells others nothing. */
  async nameOf(place: string): Promise<string> {
    const mark = await crypto.subtle.sign('HMAC', this.naming, new TextEncoder().encode(place))
    return Array.from(new Uint8Array(mark), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
}
