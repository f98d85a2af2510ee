import { Refusal } from '../api/request'
import type { Words } from '../i18n/fr'

/** What to tell a person whose act had no effect. */
export function explain(words: Words, err: unknown): string {
  return err instanceof Refusal ? err.message || words.refused : words.notSent
}
