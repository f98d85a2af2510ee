import { signal } from '@preact/signals'
import type { Post } from '../api/types'
import { headingOf } from '../post/heading'
import { go } from '../shell/route'

/** What an idea or question is about: the post from which somebody came to write it. */
export type Seed = { kind: 'idea' | 'question'; id: string; title: string; territory: string }

export const seed = signal<Seed | undefined>(undefined)

/** Goes to write an idea or a question about a post, which keeps the link. */
export function propose(kind: Seed['kind'], post: Post): void {
  seed.value = { kind, id: post.id, title: headingOf(post), territory: post.territory }
  go('/report')
}
