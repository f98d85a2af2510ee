import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import type { Me } from '../src/api/types'
import { Asking } from '../src/identity/asking'

const person: Me = { id: 'karim', name: 'Karim', lang: 'fr', grants: [], station: false }
const station: Me = { ...person, id: 'device:1', name: 'Tablette', station: true }

function at(me: Me) {
  const who = signal(me)
  const done: string[] = []
  return { who, done, asking: new Asking(who) }
}

test('a person acts at once', () => {
  const { asking, done } = at(person)
  asking.asPerson(() => done.push('act'))
  expect(done).toEqual(['act'])
  expect(asking.pending.value).toBeUndefined()
})

test('on a station the act waits until somebody says who they are, and is done once', () => {
  const { asking, done, who } = at(station)
  asking.asPerson(() => done.push('act'))
  expect(done).toEqual([])
  expect(asking.pending.value).toBeDefined()
  who.value = person
  asking.answered()
  asking.answered()
  expect(done).toEqual(['act'])
})

test('when nobody answers, the act is told so, and never done', () => {
  const { asking, done } = at(station)
  asking.asPerson(
    () => done.push('act'),
    () => done.push('instead'),
  )
  asking.drop()
  asking.answered()
  expect(done).toEqual(['instead'])
})

test('another act takes the place of the one that waited', () => {
  const { asking, done } = at(station)
  asking.asPerson(
    () => done.push('first'),
    () => done.push('not first'),
  )
  asking.asPerson(() => done.push('second'))
  asking.answered()
  expect(done).toEqual(['not first', 'second'])
})

test('asking who is there does not drop what already waits', () => {
  const { asking, done } = at(station)
  asking.asPerson(() => done.push('act'))
  asking.ask()
  asking.answered()
  expect(done).toEqual(['act'])
})
