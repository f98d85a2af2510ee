import type { Point } from '../api/types'

export type Box = { width: number; height: number; pad: number }

export type Drawing = {
  /** The stroke of the value; it breaks where samples are missing. */
  line: string
  /** The surface between the stroke and the limit, where it is past it. */
  past: string
  limit?: number
  end: [x: number, y: number]
}

const windowLength = 30 * 60_000
// Samples come every 15 s: a hole this long is silence, and is not drawn as
// if it had been seen.
const hole = 2 * 60_000

/** Draws the last thirty minutes of a value, with its limit, into a box. */
export function drawCurve(series: readonly Point[], limit: number | undefined, box: Box): Drawing | undefined {
  const last = series.at(-1)
  const from = (last?.[0] ?? 0) - windowLength
  const shown = series.filter(([at]) => at >= from)
  if (!last || shown.length < 2) return undefined
  const levels = shown.map(([, v]) => v).concat(limit ?? [])
  const low = Math.min(...levels)
  const span = Math.max(...levels) - low || 1
  const x = (at: number): number => round(((at - from) / windowLength) * box.width)
  const y = (v: number): number => round(box.pad + (1 - (v - low) / span) * (box.height - 2 * box.pad))
  const points = shown.map(([at, v]): [number, number] => [x(at), y(v)])
  const level = limit === undefined ? undefined : y(limit)
  const line = stroke(shown, points)
  // Samples that are all far apart make no curve.
  if (!line.includes('L')) return undefined
  return {
    line,
    past: level === undefined ? '' : pastLimit(points, level, last[1] < limit!),
    ...(level !== undefined && { limit: level }),
    end: points.at(-1)!,
  }
}

function stroke(series: readonly Point[], points: readonly [number, number][]): string {
  return points
    .map(([x, y], i) => `${i === 0 || series[i]![0] - series[i - 1]![0] > hole ? 'M' : 'L'}${x} ${y}`)
    .join('')
}

function pastLimit(points: readonly [number, number][], level: number, below: boolean): string {
  const clamped = points.map(([x, y]) => `${x} ${below ? Math.max(y, level) : Math.min(y, level)}`)
  return `M${points[0]![0]} ${level}L${clamped.join('L')}L${points.at(-1)![0]} ${level}z`
}

const round = (v: number): number => Math.round(v * 10) / 10
