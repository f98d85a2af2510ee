import { describe, expect, it } from 'vitest'
import { merge, replace } from '../src/feed/merge'
import { byUrgency, concerns, moodOf } from '../src/feed/order'
import { aPost } from './post'

describe('live changes', () => {
  it('keep the version with the higher change number, whatever the order of arrival', () => {
    const known = merge(new Map(), [aPost({ id: 'a', change: 5, title: 'new' })])
    expect(merge(known, [aPost({ id: 'a', change: 4, title: 'old' })]).get('a')?.title).toBe('new')
    expect(merge(known, [aPost({ id: 'a', change: 6, title: 'newer' })]).get('a')?.title).toBe('newer')
  })

  it('give back the very same posts when nothing is new, so that nothing is drawn', () => {
    const known = merge(new Map(), [aPost({ id: 'a', change: 5 })])
    expect(merge(known, [aPost({ id: 'a', change: 5 })])).toBe(known)
  })

  it('do not erase a curve that the change leaves out', () => {
    const known = merge(new Map(), [aPost({ id: 'a', change: 1, series: [[1, 2]] })])
    expect(merge(known, [aPost({ id: 'a', change: 2 })]).get('a')?.series).toEqual([[1, 2]])
  })
})

describe('a full reading', () => {
  it('drops what is no longer there and keeps what overtook it', () => {
    const known = merge(new Map(), [aPost({ id: 'gone', change: 3 }), aPost({ id: 'a', change: 12, title: 'overtook' })])
    const next = replace(known, [aPost({ id: 'a', change: 9 }), aPost({ id: 'b', change: 10 })], 10)
    expect([...next.keys()].sort()).toEqual(['a', 'b'])
    expect(next.get('a')?.title).toBe('overtook')
  })

  it('wins over higher numbers of a server that began anew', () => {
    const known = merge(new Map(), [aPost({ id: 'a', change: 900, title: 'before' })])
    const next = replace(known, [aPost({ id: 'a', change: 900, title: 'now' })], 900)
    expect(next.get('a')?.title).toBe('now')
  })
})

describe('order', () => {
  it('puts the gravest first, and within a severity what last moved', () => {
    const posts = [
      aPost({ id: 'minor', severity: 'minor', bumped_at: '2026-11-21T09:30:00Z' }),
      aPost({ id: 'early', severity: 'critical', bumped_at: '2026-11-21T08:00:00Z' }),
      aPost({ id: 'late', severity: 'critical', bumped_at: '2026-11-21T09:00:00Z' }),
    ]
    expect(posts.sort(byUrgency).map((p) => p.id)).toEqual(['late', 'early', 'minor'])
  })

  it('shows what somebody has as taken, however grave it is', () => {
    expect(moodOf(aPost({ state: 'onsite', severity: 'critical' }))).toBe('taken')
    expect(moodOf(aPost({ state: 'closed', severity: 'critical' }))).toBe('done')
    expect(moodOf(aPost({ kind: 'idea', severity: 'info' }))).toBe('idea')
    expect(moodOf(aPost({ kind: 'selling-well', severity: 'info' }))).toBe('good')
  })

  it('concerns a place what is there, below it, or above it', () => {
    const at = (territory: string): boolean => concerns(aPost({ territory }), 'lyon/bottling/line-3')
    expect(['lyon/bottling/line-3', 'lyon/bottling/line-3/filler-1', 'lyon'].map(at)).toEqual([true, true, true])
    expect(['lyon/bottling/line-30', 'lyon/press', 'villeurbanne/grocery'].map(at)).toEqual([false, false, false])
  })
})
