import type { Post } from '../api/types'

/** What heads a sheet: of a production thread the order alone, since its figures stand below. */
export const headingOf = (post: Pick<Post, 'title' | 'run'>): string =>
  (post.run?.order && [post.run.order, post.run.product].filter(Boolean).join(' · ')) || post.title
