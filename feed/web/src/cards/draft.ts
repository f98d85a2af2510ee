import type { CardDraft } from '../api/practice'
import type { Photo, PostDetail } from '../api/types'

/** At most as many photos go with a card. */
export const maxPhotos = 3

/** The photos that may go with a card: those of the post and of what was said of it. */
export const photosOf = (post: PostDetail): Photo[] => [...(post.photos ?? []), ...post.thread.flatMap((said) => (said.hidden || said.deleted ? [] : (said.photos ?? [])))]

/** What a form begins with: what the solved post says, or the card as it is. */
export function draftOf(post: PostDetail): Required<CardDraft> {
  const card = post.talk?.card
  if (card) return { cause: card.cause, action: card.action, text: post.text ?? '', wide: !card.sku && card.asset === post.territory, photos: [] }
  const photos = photosOf(post).slice(0, maxPhotos)
  return { cause: post.cause ?? '', action: post.action ?? '', text: '', wide: !post.asset, photos: photos.map(({ id }) => id) }
}

/** Whether there is a machine and a place above it to choose between. */
export const mayWiden = (post: PostDetail): boolean => !post.sku && post.asset !== undefined && post.asset !== post.territory
