const step = 10
const middle = 20
const highest = 17

/** What 24 beats take of room. */
export const electroBox = { width: 24 * step, height: 2 * middle }

/**
 * The pulse of a place, drawn with the wire: an hour without anything is
 * straight, the others beat, higher the more was done. most is the fullest hour
 * of all that are shown together, so that places compare; its root keeps the
 * quiet ones from vanishing beside a busy one.
 */
export function electro(beats: readonly number[], most: number): string {
  let path = `M0 ${middle}`
  beats.forEach((count, hour) => {
    const x = hour * step
    if (count > 0) {
      const high = Math.max(highest * Math.sqrt(count / Math.max(most, 1)), 3)
      path += `H${x + 2}l2 ${-fixed(high)}l2.5 ${fixed(high * 1.5)}l2 ${-fixed(high * 0.5)}`
    }
    path += `H${x + step}`
  })
  return path
}

const fixed = (v: number): number => Math.round(v * 10) / 10
