/** A write of a person, from the instant it is made until it has arrived. */
export type Letter = {
  method: Method
  /** Under /api/v1/posts. */
  path: string
  body?: unknown
  /** Its Idempotency-Key: however often it is sent, it has effect once. */
  key: string
  typed_at: string
  /** What it is about, in words, for when the post cannot be read. */
  about: string
  /** Why the server refused it after its author had turned to something else. */
  problem?: string
}

export type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a letter does: opens a post, comments on one, or acts on it. */
export type Act = { kind: string; post?: string }

const root = '/api/v1/posts'

/** Reads from its address what a letter does, and to which post. */
export function actOf({ path }: { path: string }): Act {
  const [post, ...rest] = path.slice(root.length + 1).split('/')
  if (!post) return { kind: 'report' }
  // What is done to one comment is no new one.
  const kind = rest[0] === 'comments' && rest[1] ? 'words' : (rest[0] ?? 'words')
  return { kind, post: decodeURIComponent(post) }
}

/** Whether an address is one whose writes are kept until they have arrived. */
export const isKept = (path: string): boolean => path === root || path.startsWith(root + '/')

/** The words in what is sent, which may be mended before it leaves. */
export const wordFields = ['text', 'cause', 'reason'] as const
type Words = Partial<Record<(typeof wordFields)[number], string>>

/** The words of a letter, under the name that the server has for them. */
export function wordsOf(body: unknown): { field: keyof Words; text: string } | undefined {
  for (const field of wordFields) {
    const text = (body as Words | undefined)?.[field]
    if (text) return { field, text }
  }
  return undefined
}

/** How many photos go with it. */
export const photosOf = (body: unknown): number => (body as { photos?: unknown[] } | undefined)?.photos?.length ?? 0
