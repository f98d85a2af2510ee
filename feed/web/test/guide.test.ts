import { beforeAll, describe, expect, it } from 'vitest'
import type { Post } from '../src/api/types'
import { placeBeside, type Box } from '../src/guide/place'
import { taskOf, type Seen } from '../src/guide/tasks'
import { aPost } from './post'

beforeAll(() => {
  // The browser's own; what it is given here needs no escaping.
  Object.assign(globalThis, { CSS: { escape: (text: string) => text } })
})

const me = 'karim'
const karim = { kind: 'person' as const, name: 'Karim', member: me }
const seen = (before: Post[], after: Post[], more: Partial<Seen> = {}): Seen => {
  const map = (posts: Post[]) => new Map(posts.map((p) => [p.id, p]))
  return { posts: map(after), before: map(before), at: { at: 'home' }, me, ...more }
}

describe('the first steps at a line', () => {
  const [take, look, close] = taskOf('line')
  const open = aPost({ id: 'a' })
  const taken = aPost({ id: 'a', state: 'taken', taker: karim })

  it('advance when this person takes a post, not when another does, nor for what they had before', () => {
    expect(take!.done(seen([open], [open]))).toBeUndefined()
    expect(take!.done(seen([open], [aPost({ id: 'a', state: 'taken', taker: { ...karim, member: 'nadia' } })]))).toBeUndefined()
    expect(take!.done(seen([taken], [taken]))).toBeUndefined()
    expect(take!.done(seen([open], [taken]))).toBe('a')
  })

  it('then when that post is looked at, and when it is closed', () => {
    expect(look!.done(seen([taken], [taken], { subject: 'a' }))).toBeUndefined()
    expect(look!.done(seen([taken], [taken], { subject: 'a', at: { at: 'post', id: 'b' } }))).toBeUndefined()
    expect(look!.done(seen([taken], [taken], { subject: 'a', at: { at: 'post', id: 'a' } }))).toBe('a')
    expect(close!.done(seen([taken], [taken], { subject: 'a' }))).toBeUndefined()
    expect(close!.done(seen([taken], [aPost({ id: 'a', state: 'resolved' })], { subject: 'a' }))).toBe('a')
  })

  it('do not wait for a post that ended by itself', () => {
    expect(look!.done(seen([taken], [aPost({ id: 'a', state: 'closed' })], { subject: 'a' }))).toBe('a')
    expect(look!.done(seen([taken], [], { subject: 'a' }))).toBe('a')
  })
})

describe('the first steps in an aisle', () => {
  const [scan, report, shelf] = taskOf('aisle')

  it('advance when the scanner is opened, a shelf is reported and it is full again', () => {
    expect(scan!.done(seen([], []))).toBeUndefined()
    expect(scan!.done(seen([], [], { at: { at: 'scan' } }))).toBe('')
    const empty = aPost({ id: 's', kind: 'stock-out', author: karim })
    expect(report!.done(seen([], []))).toBeUndefined()
    expect(report!.done(seen([], [empty]))).toBe('s')
    expect(shelf!.done(seen([empty], [empty], { subject: 's' }))).toBeUndefined()
    expect(shelf!.done(seen([empty], [aPost({ id: 's', state: 'resolved' })], { subject: 's' }))).toBe('s')
  })

  it('take a report that joined an open post', () => {
    const open = aPost({ id: 's', kind: 'stock-out', me_too: 1 })
    expect(report!.done(seen([open], [open]))).toBeUndefined()
    expect(report!.done(seen([open], [{ ...open, me_too: 2 }]))).toBe('s')
  })
})

describe('the first steps of a manager', () => {
  const [opens, assign, decide] = taskOf('direct')

  it('advance when a post is opened, given to a role or taken, and an idea decided', () => {
    const post = aPost({ id: 'a' })
    expect(opens!.done(seen([], [], { at: { at: 'post', id: 'a' } }))).toBe('a')
    expect(assign!.done(seen([post], [post], { subject: 'a' }))).toBeUndefined()
    expect(assign!.done(seen([post], [{ ...post, asked: 'maintenance' }], { subject: 'a' }))).toBe('a')
    expect(assign!.done(seen([post], [{ ...post, state: 'taken' }], { subject: 'a' }))).toBe('a')
    const idea = aPost({ id: 'i', kind: 'idea' })
    expect(decide!.done(seen([idea], [idea]))).toBeUndefined()
    expect(decide!.done(seen([idea], [{ ...idea, state: 'resolved' }]))).toBe('i')
  })
})

describe('the sheet of the first steps', () => {
  const sheet = { width: 340, height: 160 }
  const covers = (a: Box, b: Box): boolean =>
    a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height

  it.each([
    ['a tablet', { width: 1280, height: 800 }, { width: 190, height: 104 }],
    ['a phone', { width: 390, height: 844 }, { width: 366, height: 104 }],
    ['a desktop', { width: 1440, height: 900 }, { width: 330, height: 140 }],
  ])('is whole and covers nothing of what it speaks of, wherever that is on %s', (_, view, size) => {
    for (let left = 0; left <= view.width - size.width; left += 15) {
      for (let top = 0; top <= view.height - size.height; top += 15) {
        const target = { left, top, ...size }
        const box = { ...placeBeside(target, sheet, view), ...sheet }
        expect(covers(box, target), `${left} ${top}`).toBe(false)
        expect(box.left >= 0 && box.top >= 0 && box.left + box.width <= view.width && box.top + box.height <= view.height).toBe(true)
      }
    }
  })
})
