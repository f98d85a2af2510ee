import { describe, expect, it } from 'vitest'
import type { Picture } from '../src/api/rule'
import { expectedBelow } from '../src/rules/expected'
import { lineOf, placedFaults, spanOf } from '../src/rules/fault'
import { drawPicture } from '../src/rules/picture'

const box = { width: 100, height: 100, pad: 10 }
const at = (second: number): string => new Date(second * 1000).toISOString()
const aPicture = (change: Partial<Picture> = {}): Picture => ({
  rule: 'r', asset: 'a', signal: 's', limits: [5], points: [[0, 0], [50_000, 10], [100_000, 0]], opens: [], ...change,
})

describe('a picture of a trial', () => {
  it('fits the signal and its limits into the box', () => {
    expect(drawPicture(aPicture(), box)).toEqual({ line: 'M0 90L50 10L100 90', limits: [50], spans: [] })
    expect(drawPicture(aPicture({ limits: [20] }), box)!.limits).toEqual([10])
  })

  it('marks where posts would have been open, to the end when they still are', () => {
    const opens = [{ at: at(20), until: at(40) }, { at: at(60) }, { at: at(-10), until: at(10) }]
    expect(drawPicture(aPicture({ opens }), box)!.spans).toEqual([[20, 40], [60, 100], [0, 10]])
  })

  it('breaks the stroke where nothing was heard', () => {
    const points = Array.from({ length: 50 }, (_, i): [number, number] => [i < 25 ? i * 1000 : 100_000 + i * 1000, 1])
    expect(drawPicture(aPicture({ points }), box)!.line.match(/M/g)).toHaveLength(2)
  })

  it('is not drawn of less than two instants', () => {
    expect(drawPicture(aPicture({ points: [] }), box)).toBeUndefined()
    expect(drawPicture(aPicture({ points: [[5, 1]] }), box)).toBeUndefined()
  })
})

describe('a fault in the text of rules', () => {
  it('has its line, unless the whole text is meant', () => {
    expect([lineOf({ location: 'rules:12' }), lineOf({ location: 'rules' }), lineOf({})]).toEqual([12, undefined, undefined])
  })
})

describe('the faults of rule files', () => {
  it('are told one by one, each at its file and line', () => {
    expect(placedFaults('rules/line.yaml:3:5: low: write a number here\nrules: no file matches *.yaml\n')).toEqual([
      { file: 'rules/line.yaml', line: 3, text: 'low: write a number here' },
      { file: '', line: 0, text: 'rules: no file matches *.yaml' },
    ])
  })
})

describe('a line of a text', () => {
  it('goes from its first letter to its last', () => {
    const text = 'rules:\n- id: a\n'
    const said = [1, 2, 3].map((line) => text.slice(...spanOf(text, line)!))
    expect(said).toEqual(['rules:', '- id: a', ''])
  })

  it('is nowhere beyond the end', () => {
    expect([spanOf('a', 2), spanOf('a', 0)]).toEqual([undefined, undefined])
  })
})

describe('what a rule is expected to open', () => {
  it('is told when it opened more, ghosts included', () => {
    expect(expectedBelow({ posts: 10, ghosts: 5, expected: 2 })).toBe(14)
    expect(expectedBelow({ posts: 14, ghosts: 0, expected: 2 })).toBeUndefined()
    expect(expectedBelow({ posts: 99, ghosts: 0 })).toBeUndefined()
  })
})
