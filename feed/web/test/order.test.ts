import { describe, expect, it } from 'vitest'
import { byTaking, inHand, lingers, orderOf, signOf } from '../src/feed/order'
import { aPost } from './post'

describe('what is to be taken', () => {
  it('is ordered by severity, machines before stock, then the newest', () => {
    const posts = [
      aPost({ id: 'stock', sku: '1', kind: 'stock-out', since: '2026-11-21T12:00:00Z' }),
      aPost({ id: 'old' }),
      aPost({ id: 'new', since: '2026-11-21T10:00:00Z' }),
      aPost({ id: 'grave', severity: 'critical', since: '2026-11-21T01:00:00Z' }),
    ]
    expect(posts.sort(byTaking).map((p) => p.id)).toEqual(['grave', 'new', 'old', 'stock'])
  })

  it('changes its order when a post is taken, not when its value moves', () => {
    const before = orderOf([aPost({ value: 1 })])
    expect(orderOf([aPost({ value: 2 })])).toBe(before)
    expect(orderOf([aPost({ state: 'taken' })])).not.toBe(before)
  })
})

describe('what was settled', () => {
  it('lingers in hand while its condition holds', () => {
    expect(lingers(aPost({ state: 'resolved' }))).toBe(true)
    expect(inHand(aPost({ state: 'resolved' }))).toBe(true)
    expect(lingers(aPost({ state: 'resolved', active: false }))).toBe(false)
    expect(lingers(aPost({ state: 'resolved', severity: 'info' }))).toBe(false)
  })
})

describe('the sign', () => {
  it('stays as grave when somebody took the post', () => {
    expect(signOf(aPost({ state: 'taken', severity: 'critical' }))).toBe('critical')
  })
})
