import { describe, expect, it } from 'vitest'
import type { Point } from '../src/api/types'
import { drawCurve } from '../src/wire/curve'
import { figureOf, wirePath, type Figure } from '../src/wire/path'

const figures: Figure[] = ['straight', 'critical', 'major', 'minor', 'loop', 'curl']

/** Follows a path's strokes and returns the points where each one ends. */
function trace(d: string): [number, number][] {
  const numbers = (args: string): number[] => (args.match(/-?\d*\.?\d+/g) ?? []).map(Number)
  const points: [number, number][] = []
  let [x, y] = [0, 0]
  const step = (dx: number, dy: number): void => void points.push([(x += dx), (y += dy)])
  for (const [, command, args] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const n = numbers(args!)
    if (command === 'M') points.push(([x, y] = [n[0]!, n[1]!]))
    else if (command === 'V') points.push([x, (y = n[0]!)])
    else if (command === 'v') step(0, n[0]!)
    else if (command === 'l') for (let i = 0; i < n.length; i += 2) step(n[i]!, n[i + 1]!)
    else if (command === 'a') step(n[5]!, n[6]!)
    else if (command === 'c') step(n[4]!, n[5]!)
    else if (command === 's') step(n[2]!, n[3]!)
    else throw new Error(`unexpected ${command} in ${d}`)
  }
  return points
}

describe('the wire', () => {
  it.each(figures)('is one stroke that comes in and leaves on the same line: %s', (figure) => {
    const d = wirePath(figure, 62)
    expect(d.match(/M/g)).toHaveLength(1)
    const points = trace(d)
    expect(points[0]).toEqual([22, 0])
    expect(points[1]).toEqual([22, 62])
    expect(points.at(-1)![0]).toBe(22)
    expect(points.at(-1)![1]).toBeGreaterThan(points.at(-2)![1])
  })

  it.each(figures)('stays within its margin: %s', (figure) => {
    for (const [x] of trace(wirePath(figure, 62))) {
      expect(x).toBeGreaterThanOrEqual(4)
      expect(x).toBeLessThanOrEqual(40)
    }
  })

  it('bends further the graver it is', () => {
    const bend = (figure: Figure): number => Math.max(...trace(wirePath(figure, 0)).map(([x]) => Math.abs(x - 22)))
    expect(bend('critical')).toBeGreaterThan(bend('major'))
    expect(bend('major')).toBeGreaterThan(bend('minor'))
    expect(bend('straight')).toBe(0)
  })

  it('is straight beside what is over', () => {
    expect(figureOf('done')).toBe('straight')
    expect(figureOf('taken')).toBe('loop')
    expect(figureOf('good')).toBe('curl')
  })
})

describe('the curve', () => {
  const box = { width: 300, height: 100, pad: 10 }
  const every = (seconds: number, ...values: number[]): Point[] => values.map((v, i) => [i * seconds * 1000, v])

  it('ends at the right edge with the last sample', () => {
    const drawing = drawCurve(every(15, 1, 2, 3), undefined, box)!
    expect(drawing.end).toEqual([300, 10])
    expect(drawing.limit).toBeUndefined()
  })

  it('is none of samples that are far apart, or all of one instant', () => {
    expect(drawCurve(every(3600, 1, 2, 3), undefined, box)).toBeUndefined()
    expect(drawCurve([[0, 5], [3_600_000, 5], [3_600_001, 5]], 4, box)).toBeUndefined()
  })

  it('shows the limit even when no sample came near it', () => {
    const drawing = drawCurve(every(15, 5, 5, 5), 10, box)!
    expect(drawing.limit).toBe(10)
    expect(drawing.end[1]).toBe(90)
  })

  it('fills only what is past the limit', () => {
    const drawing = drawCurve(every(15, 10, 8, 6, 4), 8, box)!
    const heights = [...drawing.past.matchAll(/[\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y))
    expect(Math.min(...heights)).toBe(drawing.limit)
  })

  it('fills the side that the value is on now, before a sample shows it', () => {
    expect(drawCurve(every(15, 10, 9, 8), 8, box, 7)!.past).not.toContain(' 10L')
    expect(drawCurve(every(15, 10, 9, 8), 8, box, 9)!.past).toContain(' 10L')
  })

  it('breaks where samples are missing, and is not drawn from islands alone', () => {
    const gap: Point[] = [[0, 1], [15_000, 1], [600_000, 1], [615_000, 1]]
    expect(drawCurve(gap, undefined, box)!.line.match(/M/g)).toHaveLength(2)
    expect(drawCurve([[0, 1], [600_000, 2]], undefined, box)).toBeUndefined()
  })

  it('is as wide as what is known, so that a young curve can be read', () => {
    expect(drawCurve(every(15, 1, 2), undefined, box)!.minutes).toBe(5)
    expect(drawCurve(every(60, ...Array(9).fill(1)), undefined, box)!.minutes).toBe(10)
    expect(drawCurve(every(60, ...Array(90).fill(1)), undefined, box)!.minutes).toBe(30)
  })

  it('forgets what is older than thirty minutes', () => {
    const old: Point[] = [[0, 500], [3_600_000, 1], [3_615_000, 2]]
    expect(drawCurve(old, undefined, box)!.line).not.toContain('-')
  })

  it('needs two samples', () => {
    expect(drawCurve([], undefined, box)).toBeUndefined()
    expect(drawCurve([[0, 1]], 2, box)).toBeUndefined()
  })

  it('draws a flat value without dividing by nothing', () => {
    expect(drawCurve(every(15, 7, 7), undefined, box)!.line).not.toContain('NaN')
  })
})
