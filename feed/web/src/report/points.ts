import type { Machine, Topic } from '../api/types'
import type { Words } from '../i18n/fr'
import { readAs } from '../i18n/offered'

/** What a person may raise at a place, in the order of the tiles. */
export const points = ['quality-point', 'speed-point', 'stop-point', 'shortage', 'safety-point', 'idea'] as const
export type Point = (typeof points)[number]

const topics: Record<Point, Topic> = {
  'quality-point': 'quality',
  'speed-point': 'speed',
  'stop-point': 'stop',
  shortage: 'material',
  'safety-point': 'safety',
  idea: 'idea',
}
export const topicOf = (point: Point): Topic => topics[point]

const mostChips = 7

/**
 * What may be said with a touch: what was the cause here before, then what is
 * most often said. How something was settled is no report of it.
 */
export function phrasesFor(point: Point, before: string[], w: Words): string[] {
  const settled = [...w.causes.machine, ...w.causes.idea, w.lines.filed]
  const causes = before.map((said) => readAs(said, w)).filter((said) => !settled.includes(said))
  return [...new Set([...causes, ...w.lines.phrases[point]])].slice(0, mostChips)
}

const rank = { critical: 0, major: 1, minor: 2 }

/** The machine that a report is likely about: the one that is in a worse state than all others. */
export function suspectOf(machines: readonly Machine[]): string | undefined {
  const abnormal = machines.flatMap((m) => (m.severity && m.severity !== 'info' ? [{ path: m.path, rank: rank[m.severity] }] : []))
  const worst = Math.min(...abnormal.map((m) => m.rank))
  const suspects = abnormal.filter((m) => m.rank === worst)
  return suspects.length === 1 ? suspects[0]!.path : undefined
}
