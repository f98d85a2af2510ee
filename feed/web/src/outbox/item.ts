import type { Sealed } from '../seal/seal'
import { actOf, photosOf, wordsOf, type Letter } from './letter'

/** waiting: it will go out by itself. refused: only its author can mend it. */
export type ItemState = 'waiting' | 'refused'

/** A closed letter with what must be known of it without opening it. */
export type Item = Sealed & {
  /** The Idempotency-Key; a UUIDv7, so items sort by the time they were written. */
  id: string
  typed_at: string
  state: ItemState
  tries: number
}

/** An item as its author sees it. */
export type Waiting = {
  id: string
  typed_at: string
  state: ItemState
  tries: number
  /** The bytes it takes on this device. */
  size: number
  seal: string
  /** What is written in it; nothing of what another person wrote. */
  letter?: Opened
}

export type Opened = {
  kind: string
  post?: string
  about: string
  /** The words in it, if there are any. */
  text?: string
  parent?: string
  photos: number
  body: unknown
  problem?: string
}

/** What is shown of a letter. Photos are large, and stay on the shelf. */
export function openedOf(letter: Letter): Opened {
  const { photos: _, ...body } = (letter.body ?? {}) as Record<string, unknown>
  const text = wordsOf(letter.body)?.text
  const { parent } = body as { parent?: string }
  return {
    ...actOf(letter),
    about: letter.about,
    ...(text && { text }),
    ...(parent && { parent }),
    photos: photosOf(letter.body),
    body,
    ...(letter.problem && { problem: letter.problem }),
  }
}

/** What is known of an item, with what its author may read in it. */
export const waitingOf = (item: Item, letter?: Letter): Waiting => ({
  id: item.id,
  typed_at: item.typed_at,
  state: item.state,
  tries: item.tries,
  size: item.data.byteLength,
  seal: item.seal,
  ...(letter && { letter: openedOf(letter) }),
})

/** Items of one lane go out one after the other, in the order they were written. */
export const laneOf = ({ id, seal, letter }: Waiting): string => (letter ? (letter.post ?? id) : `sealed ${seal}`)

export const byAge = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
