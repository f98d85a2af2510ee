import { expect, test } from 'vitest'
import { Burst, type Outcome } from '../src/badge/burst'

/** Presses keys one after another, each so long after the one before. */
function type(burst: Burst<string>, keys: string[], each: number, from = 1000): Outcome<string>[] {
  return keys.map((key, i) => burst.press(key, from + i * each, 'comment'))
}
const textOf = (outcomes: Outcome<string>[]): string => outcomes.flatMap(({ back }) => back.map(({ key }) => key)).join('')

test('a fast run of keys that Enter ends is a code, and none of it goes anywhere', () => {
  const outcomes = type(new Burst(), [...'KARIM-0001', 'Enter'], 8)
  expect(outcomes.at(-1)!.code).toBe('KARIM-0001')
  expect(outcomes.every(({ keep }) => keep)).toBe(true)
  expect(textOf(outcomes)).toBe('')
})

test('Tab ends a code as well, and a reader may end with two keys', () => {
  const burst = new Burst<string>()
  const outcomes = type(burst, [...'12345678', 'Tab', 'Enter'], 8)
  expect(outcomes.at(-2)!.code).toBe('12345678')
  expect(outcomes.at(-1)).toEqual({ keep: true, back: [] })
})

test('a hand gets its keys back in order, where they were going', () => {
  const burst = new Burst<string>()
  const outcomes = type(burst, [...'bonjour'], 60)
  expect(textOf(outcomes) + burst.lapse().map(({ key }) => key).join('')).toBe('bonjour')
  expect(outcomes.every(({ code }) => code === undefined)).toBe(true)
  expect(outcomes[1]!.back).toEqual([{ key: 'b', to: 'comment' }])
})

test('Enter after a hand typed is an Enter, after what was held', () => {
  const burst = new Burst<string>()
  type(burst, ['o', 'k'], 20)
  expect(burst.press('Enter', 1040, 'comment')).toEqual({
    keep: false,
    back: [
      { key: 'o', to: 'comment' },
      { key: 'k', to: 'comment' },
    ],
  })
})

test('a long run without an end is given back, and waited for a little longer', () => {
  const burst = new Burst<string>()
  burst.press('K', 1000, 'comment')
  expect(burst.patience).toBe(35)
  type(burst, [...'ARIM'], 8, 1008)
  expect(burst.patience).toBe(80)
  expect(burst.lapse().map(({ key }) => key).join('')).toBe('KARIM')
  expect(burst.press('Enter', 1040 + 81, 'comment')).toEqual({ keep: false, back: [] })
})

test('keys that are heard late are a code all the same, and those given back are undone', () => {
  const burst = new Burst<string>()
  type(burst, ['K', 'A'], 5)
  expect(burst.lapse().map(({ key }) => key).join('')).toBe('KA')
  type(burst, ['R'], 5, 1010)
  burst.lapse()
  const outcomes = type(burst, [...'IM', 'Enter'], 5, 1015)
  expect(outcomes.every(({ keep }) => keep)).toBe(true)
  expect(outcomes.at(-1)!.code).toBe('KARIM')
  expect(outcomes.at(-1)!.undo!.map(({ key }) => key).join('')).toBe('KAR')
  expect(textOf(outcomes)).toBe('')
})

test('what was given back long before, or before a touch, is no part of a code', () => {
  const burst = new Burst<string>()
  burst.press('a', 1000, 'comment')
  burst.lapse()
  expect(type(burst, [...'KARIM', 'Enter'], 5, 1040).at(-1)).toEqual({ keep: true, back: [], code: 'KARIM' })
  type(burst, ['b'], 5, 2000)
  expect(burst.forget()).toHaveLength(1)
  expect(type(burst, [...'KARIM', 'Enter'], 5, 2005).at(-1)!.code).toBe('KARIM')
})

test('Enter too long after a fast run ends nothing', () => {
  const burst = new Burst<string>()
  type(burst, [...'KARIM'], 8)
  const outcome = burst.press('Enter', 1032 + 81, 'comment')
  expect(outcome.code).toBeUndefined()
  expect(textOf([outcome])).toBe('KARIM')
})

test('three fast keys and Enter are a word', () => {
  const outcomes = type(new Burst(), [...'oui', 'Enter'], 8)
  expect(outcomes.at(-1)!.code).toBeUndefined()
  expect(textOf(outcomes)).toBe('oui')
})

test('other keys are let through, after what was held', () => {
  const burst = new Burst<string>()
  type(burst, ['a'], 8)
  expect(burst.press('ArrowLeft', 1005, 'comment')).toEqual({ keep: false, back: [{ key: 'a', to: 'comment' }] })
})

test('more keys than any code has are text', () => {
  const outcomes = type(new Burst(), Array.from({ length: 129 }, () => 'x'), 5)
  expect(textOf(outcomes)).toHaveLength(129)
})
