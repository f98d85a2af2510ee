// What the ERP says of articles, as the server writes it.
import type { Post } from './types'

/** What was sold on a day of the store. */
export type Sold = { day: string; pieces: number }
export type Delivery = { at: string; quantity?: number }

/** An article in a store; what the ERP does not say is absent. */
export type Article = {
  sku: string
  label: string
  store: string
  store_name: string
  aisle?: string
  aisle_name?: string
  on_hand?: number
  at: string
  back_room?: number
  price?: number
  currency?: string
  delivery?: Delivery
  source?: string
  /** Of the last seven days, without those of which nothing is known. */
  sold: Sold[]
  /** Open posts about it that the reader may see. */
  threads: Post[]
}

/** An article that somebody who typed a name may have meant. */
export type Found = { sku: string; label: string; aisle?: string; on_hand?: number; at: string }
