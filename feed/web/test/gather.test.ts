import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Gather } from '../src/feed/gather'

describe('what arrives', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function gathered() {
    const got: number[][] = []
    return { got, gather: new Gather<number>((all) => got.push([...all])) }
  }

  it('is handed over at once while little does', () => {
    const { got, gather } = gathered()
    gather.add(1)
    vi.advanceTimersByTime(200)
    gather.add(2)
    expect(got).toEqual([[1], [2]])
  })

  it('comes together when much does, in its order, and all of it', () => {
    const { got, gather } = gathered()
    for (let i = 0; i < 20; i++) {
      gather.add(i)
      vi.advanceTimersByTime(50)
    }
    vi.advanceTimersByTime(200)
    expect(got.flat()).toEqual(Array.from({ length: 20 }, (_, i) => i))
    expect(got.length).toBeLessThanOrEqual(7)
  })

  it('is forgotten when nobody follows any more', () => {
    const { got, gather } = gathered()
    gather.add(1)
    gather.add(2)
    gather.end()
    vi.advanceTimersByTime(1000)
    gather.add(3)
    expect(got).toEqual([[1], [3]])
  })
})
