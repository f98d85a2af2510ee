/** What a drawing of a trend takes of room. */
export const trendBox = { width: 240, height: 56 }

const margin = 6

/** The points of a trend, drawn as the wire; periods of which nothing is known are passed over. */
export function trendPoints(values: readonly (number | undefined)[]): [x: number, y: number][] {
  const most = Math.max(...values.map((v) => v ?? 0), 0)
  const step = (trendBox.width - 2 * margin) / Math.max(values.length - 1, 1)
  const high = trendBox.height - 2 * margin
  return values.flatMap((v, i): [number, number][] => (v === undefined ? [] : [[round(margin + i * step), round(margin + high - (most > 0 ? (high * v) / most : 0))]]))
}

/** One stroke through the points. */
export const strokeOf = (points: readonly [number, number][]): string => points.map(([x, y], i) => `${i ? 'L' : 'M'}${x} ${y}`).join('')

const round = (v: number): number => Math.round(v * 10) / 10
