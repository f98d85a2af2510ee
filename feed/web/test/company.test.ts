import { expect, test } from 'vitest'
import { brings, companyPath, proves, refusedOf } from '../src/signin/company'

test('a refusal is a word of the server and nothing else', () => {
  expect(refusedOf('#refused=no-role')).toBe('no-role')
  for (const hash of ['', '#pair=ABCD-1234', '#refused=', '#refused=<b>x</b>', '#refused=a&b=c']) expect(refusedOf(hash)).toBeUndefined()
})

test('an address tells what came of the account', () => {
  expect(brings('#linked')).toBe(true)
  expect(brings('#refused=taken')).toBe(true)
  for (const hash of ['', '#pair=ABCD-1234', '#refused=']) expect(brings(hash)).toBe(false)
})

test('one comes back to the page that one wanted', () => {
  expect(companyPath('/groups/5 s?x=1')).toBe('/api/v1/session/oidc?to=%2Fgroups%2F5+s%3Fx%3D1')
  expect(companyPath('/', true)).toBe('/api/v1/session/oidc?to=%2F&again=true')
})

test('an account proves who is here only where it is theirs', () => {
  expect(proves({ title: 'Compte', linked: true })).toBe(true)
  expect(proves({ title: 'Compte' })).toBe(false)
  expect(proves({ linked: true })).toBe(false)
})
