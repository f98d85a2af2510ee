import type { Post, PostDetail } from '../api/types'
import type { Words } from '../i18n/fr'
import { readAs } from '../i18n/offered'

/** What may be answered with a touch when a post is closed. */
export type Answers = { causes: string[]; actions: string[] }

const mostChips = 6

/** The rule's answers and those given before, then the usual ones, each once. */
export function answersOf(post: Post | PostDetail, w: Words): Answers {
  const offered = 'causes' in post ? post : { causes: [], actions: [] }
  return { causes: once([...offered.causes, ...usual(post, w)], w).slice(0, mostChips), actions: once(offered.actions, w).slice(0, mostChips) }
}

const once = (said: string[], w: Words): string[] => [...new Set(said.map((text) => readAs(text, w)))]

function usual(post: Post, w: Words): string[] {
  if (post.kind === 'idea') return w.causes.idea
  if (post.kind === 'selling-well') return w.causes.sales
  return post.sku ? w.causes.shelf : w.causes.machine
}
