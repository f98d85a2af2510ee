import { expect, test } from 'vitest'
import { codeOfLink, inHalves, pairingLink, readPairing } from '../src/identity/code'

test('a code is read whatever its case, its dash and its look-alikes', () => {
  expect(readPairing('K7QF-3M2P')).toBe('K7QF3M2P')
  expect(readPairing(' k7qf 3m2p ')).toBe('K7QF3M2P')
  expect(readPairing('OoIiLl23')).toBe('00111123')
})

test('letters that no code has are left out, and nothing follows the eighth', () => {
  expect(readPairing('K7UQF!3')).toBe('K7QF3')
  expect(readPairing('K7QF-3M2P9')).toBe('K7QF3M2P')
})

test('a code is shown in two halves while it is typed', () => {
  expect(['K7Q', 'K7QF', 'K7QF3'].map(inHalves)).toEqual(['K7Q', 'K7QF', 'K7QF-3'])
})

test('a pairing link holds a whole code, or none', () => {
  expect(codeOfLink(new URL(pairingLink('https://plant.example', 'k7qf3m2p')).hash)).toBe('K7QF3M2P')
  expect(codeOfLink('#pair=K7QF')).toBeUndefined()
  expect(codeOfLink('#else')).toBeUndefined()
})
