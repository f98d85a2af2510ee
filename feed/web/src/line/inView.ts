/** How many cards of each kind are shown before one asks for the others. */
export type InView = { toTake: number; inHand: number }

/** What a person takes in at a glance. */
export const most = 4

/**
 * Shares the cards in view: what waits comes first, but one place is left to
 * what somebody has in hand, and what one side does not need the other gets.
 */
export function inView(toTake: number, inHand: number): InView {
  const waiting = Math.min(toTake, most - Math.min(inHand, 1))
  return { toTake: waiting, inHand: Math.min(inHand, most - waiting) }
}

/** Whether there is room for the curve of the card at that place, of so many in view. */
export const hasRoom = (place: number, cards: number): boolean => cards <= 2 || (cards === 3 && place === 0)
