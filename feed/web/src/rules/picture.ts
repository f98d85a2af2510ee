import type { Picture } from '../api/rule'

export type Box = { width: number; height: number; pad: number }

/** A picture of a signal, as paths in a box. */
export type Drawn = {
  line: string
  /** The height of each limit. */
  limits: number[]
  /** Where a post was open: from, to. */
  spans: [from: number, to: number][]
}

// Points come thinned and evenly spread: a hole this much wider than the usual
// step is silence, and is not drawn as if it had been seen.
const hole = 8

/** Draws a signal with its limits and the times of its posts into a box. */
export function drawPicture(picture: Picture, box: Box): Drawn | undefined {
  const first = picture.points[0]
  const last = picture.points.at(-1)
  if (!first || !last || last[0] <= first[0]) return undefined
  const levels = picture.points.map(([, v]) => v).concat(picture.limits)
  const low = levels.reduce((a, b) => Math.min(a, b))
  const span = levels.reduce((a, b) => Math.max(a, b)) - low || 1
  const time = last[0] - first[0]
  const x = (at: number): number => round((Math.min(Math.max(at - first[0], 0), time) / time) * box.width)
  const y = (v: number): number => round(box.pad + (1 - (v - low) / span) * (box.height - 2 * box.pad))
  const step = time / picture.points.length
  const stroke = picture.points.map(([at, v], i) => {
    const broken = i === 0 || at - picture.points[i - 1]![0] > hole * step
    return `${broken ? 'M' : 'L'}${x(at)} ${y(v)}`
  })
  return {
    line: stroke.join(''),
    limits: picture.limits.map(y),
    spans: picture.opens.map(({ at, until }) => [x(Date.parse(at)), x(until ? Date.parse(until) : last[0])]),
  }
}

const round = (v: number): number => Math.round(v * 10) / 10
