import type { Poll } from '../api/talk'

/** How many choices a poll has. */
export const fewest = 2
export const most = 5

/** The part of each choice in percent, where the reader may know it. */
export function sharesOf(poll: Poll): number[] | undefined {
  const votes = poll.choices.map((choice) => choice.votes)
  if (votes.some((count) => count === undefined)) return undefined
  const all = votes.reduce<number>((sum, count) => sum + count!, 0)
  return votes.map((count) => (all === 0 ? 0 : Math.round((100 * count!) / all)))
}

/** The poll that is written, undefined where there is none yet. */
export function pollOf(choices: string[]): { choices: string[] } | undefined {
  const written = choices.map((choice) => choice.trim()).filter(Boolean)
  return written.length >= fewest ? { choices: written } : undefined
}
