import { describe, expect, it } from 'vitest'
import { recent, remember } from '../src/search/recent'
import { stretchesOf } from '../src/search/stretch'
import { asksFor } from '../src/search/asks'

/** A storage of this test. */
function storage(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>()
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) }
}

describe('what was looked for lately', () => {
  it('is of one person, the last first, each once', () => {
    const device = storage()
    remember(device, 'karim', 'buse ')
    remember(device, 'karim', 'joint')
    expect(remember(device, 'karim', 'Buse')).toEqual(['Buse', 'joint'])
    expect(recent(device, 'ines')).toEqual([])
    for (let i = 0; i < 20; i++) remember(device, 'karim', `mot ${i}`)
    expect(recent(device, 'karim')).toHaveLength(6)
  })
  it('is nothing where the storage holds something else', () => {
    expect(recent({ getItem: () => '{' }, 'karim')).toEqual([])
    expect(recent({ getItem: () => '{"member":"karim","asked":3}' }, 'karim')).toEqual([])
  })
})

describe('a snippet', () => {
  it('is cut at its marks', () => {
    expect(stretchesOf({ text: '😀 Fuite d’huile', marks: [[3, 5], [11, 5]] })).toEqual([
      { text: '😀 ', marked: false },
      { text: 'Fuite', marked: true },
      { text: ' d’', marked: false },
      { text: 'huile', marked: true },
    ])
  })
})

describe('a question', () => {
  it('is asked from the second letter on, or by a filter', () => {
    expect([asksFor({ q: ' a ' }), asksFor({ q: 'ab' }), asksFor({ q: '', kind: 'idea' })]).toEqual([false, true, true])
  })
})
