import type { Post } from '../api/types'
import { asRead } from '../i18n/ready'

/** What heads a sheet: of a production thread the order alone, since its figures stand below. */
export function headingOf(post: Post): string {
  const ordered = post.run?.order && [post.run.order, post.run.product].filter(Boolean).join(' · ')
  return asRead(ordered || post.title)
}
