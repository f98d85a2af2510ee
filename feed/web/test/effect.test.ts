import { describe, expect, it } from 'vitest'
import { effectsOf } from '../src/outbox/effect'
import type { Waiting } from '../src/outbox/item'
import { actOf, isKept, wordsOf } from '../src/outbox/letter'
import { aPost } from './post'

const self = { kind: 'person' as const, name: 'Karim', member: 'k' }
const waits = (kind: string, body: unknown = {}, change: Partial<Waiting> = {}): Waiting => ({
  id: kind,
  typed_at: '2026-11-22T09:14:00.000Z',
  state: 'waiting',
  tries: 0,
  size: 1,
  seal: 's',
  letter: { kind, post: 'm1', about: '', photos: 0, body },
  ...change,
})

describe('what waits', () => {
  it('shows on its post as if it had arrived, one act after the other', () => {
    const effect = effectsOf([waits('take'), waits('onsite'), waits('resolve', { cause: 'Nettoyage' })], self).get('m1')!
    expect(effect(aPost())).toMatchObject({ state: 'resolved', cause: 'Nettoyage', taker: self, closed_at: '2026-11-22T09:14:00.000Z' })
  })
  it('does not end again what had ended when its cause was given', () => {
    const effect = effectsOf([waits('resolve', { cause: 'Nettoyage' })], self).get('m1')!
    expect(effect(aPost({ state: 'closed', back_to_normal: true }))).toMatchObject({ state: 'closed', cause: 'Nettoyage' })
  })
  it('shows no more once it is refused', () => {
    expect(effectsOf([waits('take', {}, { state: 'refused' })], self).size).toBe(0)
  })
  it('changes nothing on a post that is only commented', () => {
    const post = aPost()
    expect(effectsOf([waits('comments', { text: 'vu' })], self).get('m1')!(post)).toEqual(post)
  })
})

describe('a letter', () => {
  it('is read from its address', () => {
    expect(actOf({ path: '/api/v1/posts' })).toEqual({ kind: 'report' })
    expect(actOf({ path: '/api/v1/posts/m%2F1/comments' })).toEqual({ kind: 'comments', post: 'm/1' })
    expect(actOf({ path: '/api/v1/posts/m1/reactions/like' })).toEqual({ kind: 'reactions', post: 'm1' })
    expect(isKept('/api/v1/posts/m1/take')).toBe(true)
    expect(isKept('/api/v1/postscript')).toBe(false)
  })
  it('knows which of its words may be mended', () => {
    expect(wordsOf({ text: 'vu' })).toEqual({ field: 'text', text: 'vu' })
    expect(wordsOf({ cause: 'Usure', action: 'Changé' })).toEqual({ field: 'cause', text: 'Usure' })
    expect(wordsOf({ kind: 'stock-out', sku: '1' })).toBeUndefined()
    expect(wordsOf(undefined)).toBeUndefined()
  })
})
