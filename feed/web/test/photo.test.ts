import { describe, expect, it } from 'vitest'
import { photosIn, toBase64 } from '../src/photo/base64'
import { lightest } from '../src/photo/shrink'

describe('a photo', () => {
  /** A picture whose JPEG weighs a byte per so many pixels. */
  const drawn: [side: number, quality: number][] = []
  const weighing = (perPixel: number) => async (side: number, quality: number) => {
    drawn.push([side, quality])
    return { size: Math.round(side * side * 0.75 * quality * perPixel) } as Blob
  }
  it('keeps its best quality when it is light enough', async () => {
    drawn.length = 0
    await lightest(weighing(0.1), 1200)
    expect(drawn).toEqual([[1200, 0.85]])
  })
  it('loses size before quality only when quality is not enough', async () => {
    for (const perPixel of [0.2, 0.5, 1, 3]) {
      const jpeg = await lightest(weighing(perPixel), 4000)
      expect(jpeg.size).toBeLessThanOrEqual(300_000)
    }
    expect(Math.max(...drawn.map(([side]) => side))).toBe(1600)
  })
  it('is given up on making smaller at some point', async () => {
    expect((await lightest(weighing(100), 4000)).size).toBeGreaterThan(0)
  })
})

describe('what is sent with photos', () => {
  it('carries them as base64, whatever their length', async () => {
    const bytes = new Uint8Array(100_001).map((_, i) => i % 251)
    expect(Uint8Array.from(atob(toBase64(bytes)), (char) => char.charCodeAt(0))).toEqual(bytes)
    expect(await photosIn([new Blob(['fil'])])).toEqual({ photos: [btoa('fil')] })
    expect(await photosIn([])).toEqual({})
  })
})
