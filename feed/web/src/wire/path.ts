import type { Mood } from '../feed/order'

/** What the wire does beside a post. */
export type Figure = 'straight' | 'critical' | 'major' | 'minor' | 'loop' | 'curl'

const figures: Record<Mood, Figure> = {
  critical: 'critical',
  major: 'major',
  minor: 'minor',
  info: 'straight',
  good: 'curl',
  idea: 'curl',
  making: 'straight',
  word: 'curl',
  relay: 'straight',
  asleep: 'straight',
  taken: 'loop',
  done: 'straight',
}

export const figureOf = (mood: Mood): Figure => figures[mood]

// Each figure is drawn relative to the wire, comes back to it and ends lower:
// the wire is one stroke through the whole feed.
const strokes: Record<Figure, string> = {
  straight: '',
  critical: 'l-13 12 26 17-26 17 13 12',
  major: 'l-8 8 16 13-8 8',
  minor: 'l-5 6 10 9-5 6',
  loop: 'a9 15 0 0 1 0 30a9 15 0 0 1 0-30a9 15 0 0 1 0 30',
  curl: 'c0 16 17 16 17 2s-17-11-17 8v8',
}

const middle = 22
const endless = 9000

/**
 * The wire beside one post: straight down, the figure at the given height, and
 * on. It is longer than any post; the drawing is cut where the post ends, so
 * that kinks keep their size whatever the height and nothing is measured.
 */
export const wirePath = (figure: Figure, at: number): string => `M${middle} 0V${at}${strokes[figure]}V${endless}`

/** Where the wire breaks off: the feed has an end. */
export const brokenEnd = 'M22 0V20l-5 7M25 36l-4 8M20 52l2 5'
