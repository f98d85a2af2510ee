import type { Point } from '../api/types'

export type Box = { width: number; height: number; pad: number }

export type Drawing = {
  /** The stroke of the value; it breaks where samples are missing. */
  line: string
  /** The surface between the stroke and the limit, where it is past it. */
  past: string
  limit?: number
  end: [x: number, y: number]
  /** How many minutes the box is wide. */
  minutes: number
  /** The instant at its right edge. */
  to: number
  /** The least and the most that was measured in it. */
  lowest: number
  highest: number
}

const minute = 60_000
const widths = [5, 10, 20, 30]
// Samples come every 15 s: a hole this long is silence, and is not drawn as
// if it had been seen.
const hole = 2 * minute

/**
 * Draws the last thirty minutes of a value, with its limit, into a box; less
 * when less is known, so that a young curve can be read. The value now tells
 * on which side of the limit the trouble is: samples come after it.
 */
export function drawCurve(series: readonly Point[], limit: number | undefined, box: Box, now?: number): Drawing | undefined {
  const last = series.at(-1)
  if (!last) return undefined
  const age = last[0] - series[0]![0]
  const minutes = widths.find((m) => age <= m * minute) ?? widths.at(-1)!
  const from = last[0] - minutes * minute
  const shown = series.filter(([at]) => at >= from)
  const levels = shown.map(([, v]) => v).concat(limit ?? [])
  const low = Math.min(...levels)
  const span = Math.max(...levels) - low || 1
  const x = (at: number): number => round(((at - from) / (minutes * minute)) * box.width)
  const y = (v: number): number => round(box.pad + (1 - (v - low) / span) * (box.height - 2 * box.pad))
  const points = shown.map(([at, v]): [number, number] => [x(at), y(v)])
  const level = limit === undefined ? undefined : y(limit)
  // Samples that are all far apart, or all of one instant, make no curve.
  if (!points.some(([x], i) => i > 0 && x - points[i - 1]![0] >= 1 && !apart(shown, i))) return undefined
  return {
    line: stroke(shown, points),
    past: level === undefined ? '' : pastLimit(shown, points, level, (now ?? last[1]) < limit!),
    ...(level !== undefined && { limit: level }),
    end: points.at(-1)!,
    minutes,
    to: last[0],
    lowest: Math.min(...shown.map(([, v]) => v)),
    highest: Math.max(...shown.map(([, v]) => v)),
  }
}

function stroke(series: readonly Point[], points: readonly [number, number][]): string {
  return points
    .map(([x, y], i) => `${i === 0 || apart(series, i) ? 'M' : 'L'}${x} ${y}`)
    .join('')
}

const apart = (series: readonly Point[], i: number): boolean => series[i]![0] - series[i - 1]![0] > hole

/** What lies past the limit, of each run of samples that silence does not part. */
function pastLimit(series: readonly Point[], points: readonly [number, number][], level: number, below: boolean): string {
  return points
    .map(([x, y], i) => {
      const clamped = `L${x} ${below ? Math.max(y, level) : Math.min(y, level)}`
      const begins = i === 0 || apart(series, i)
      const ends = i === points.length - 1 || apart(series, i + 1)
      return (begins ? `M${x} ${level}` : '') + clamped + (ends ? `L${x} ${level}z` : '')
    })
    .join('')
}

const round = (v: number): number => Math.round(v * 10) / 10
