import { Refusal } from '../api/request'
import type { Words } from '../i18n/fr'
import { NoRoom } from '../outbox/queued'

/** What to tell a person whose act had no effect. */
export function explain(words: Words, err: unknown): string {
  if (err instanceof NoRoom) return words.outbox.noRoom
  return err instanceof Refusal ? err.message || words.refused : words.notSent
}
