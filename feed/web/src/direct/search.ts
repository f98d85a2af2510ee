import type { Post } from '../api/types'

/** A text without its accents and capitals: "Étiquette" is found by "etiquette". */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()

/** Whether a post says each of these words somewhere. */
export function saysAll(post: Post, wanted: string): boolean {
  const said = plain(
    [post.title, post.text, post.cause, post.action, post.asset_name, post.territory_name, post.taker?.name, post.author.name, post.sku, post.run?.order]
      .filter(Boolean)
      .join(' '),
  )
  return plain(wanted)
    .split(/\s+/)
    .every((word) => said.includes(word))
}
