import { describe, expect, it } from 'vitest'
import table from '../../testdata/marks.json'
import { addressOf, callAt, fold, stretches } from '../src/talk/marks'

describe('what people write', () => {
  it.each(table.map((row) => [row.text, row] as const))('%s is read as the server reads it', (_, { text, names, marks }) => {
    const read = stretches(text, names)
    expect(read.flatMap(({ mark }) => (mark ? [[mark.kind, mark.says]] : []))).toEqual(marks)
    expect(read.map((stretch) => stretch.text).join('')).toBe(text)
  })

  it('loses no character, whatever it is made of', () => {
    const alphabet = ['@', '#', 'h', 'http://', 'é', 'e\u0301', '\u0301', ' ', '-', '_', '👷', 'İ', '<', '\u202f', 'Karim', '\n']
    let seed = 7
    const next = (): number => (seed = (seed * 48271) % 2147483647)
    for (let i = 0; i < 3000; i++) {
      const text = Array.from({ length: next() % 12 }, () => alphabet[next() % alphabet.length]).join('')
      const read = stretches(text, ['Karim', 'é'])
      expect(read.map((stretch) => stretch.text).join('')).toBe(text)
      for (const { mark } of read) if (mark?.kind === 'tag') expect(fold(mark.says)).toBe(mark.says)
    }
  })

  it('links lead to the web only', () => {
    expect(addressOf('https://exemple.fr/a')).toBe('https://exemple.fr/a')
    expect(addressOf('http://[')).toBeUndefined()
    expect(addressOf('javascript:alert(1)')).toBeUndefined()
  })

  it('a call is what follows the last @, as far as the caret', () => {
    expect(callAt('Bonjour @Kar', 12)).toEqual({ q: 'Kar', from: 8 })
    expect(callAt('@Karim Be', 9)).toEqual({ q: 'Karim Be', from: 0 })
    expect(callAt('@', 1)).toEqual({ q: '', from: 0 })
    expect(callAt('a@b', 3)).toBeUndefined()
    expect(callAt('@Karim Benali merci', 19)).toBeUndefined()
    expect(callAt('@Kar et', 4)).toEqual({ q: 'Kar', from: 0 })
  })
})
