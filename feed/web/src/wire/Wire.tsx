import type { Mood } from '../feed/order'
import { brokenEnd, figureOf, wirePath, type Figure } from './path'

/** The wire along one post, its figure below the sign, or along a heading when straight. */
export function Wire({ mood, sign = 36 }: { mood?: Mood; sign?: number }) {
  const figure: Figure = mood ? figureOf(mood) : 'straight'
  return (
    <svg class="wire" width="44" height="100%" aria-hidden="true">
      <path d={wirePath(figure, sign + 26)} />
    </svg>
  )
}

/** The end of the feed. */
export function WireEnd() {
  return (
    <svg class="wire" width="44" height="60" aria-hidden="true">
      <path d={brokenEnd} />
    </svg>
  )
}
