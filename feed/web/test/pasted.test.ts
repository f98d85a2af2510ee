import { expect, test } from 'vitest'
import { pasted } from '../src/members/pasted'

test('a pasted text is the file that it looks like', () => {
  expect(pasted('id;name\na;A').name).toBe('pasted.csv')
  expect(pasted('id\tname\n- \tA').name).toBe('pasted.csv')
  expect(pasted('\n- id: a\n  name: A').name).toBe('pasted.yaml')
  expect(pasted('# people\nmembers:\n  - id: a').name).toBe('pasted.yaml')
})

test('nothing of it is lost', async () => {
  expect(await pasted('nom;Zoé\n').text()).toBe('nom;Zoé\n')
})
