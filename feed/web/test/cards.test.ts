import { describe, expect, it } from 'vitest'
import type { Card } from '../src/api/talk'
import type { PostDetail } from '../src/api/types'
import { draftOf, mayWiden, photosOf } from '../src/cards/draft'
import { isCalm, moodOf } from '../src/feed/order'
import { en } from '../src/i18n/en'
import { fr } from '../src/i18n/fr'
import { aPost } from './post'

const photo = (id: string) => ({ id, width: 4, height: 3 })
const said = (id: string, change: object = {}) => ({ id, author: { kind: 'person', name: 'Karim' }, text: '', at: '2026-11-21T09:00:00Z', photos: [photo(`of-${id}`)], ...change })
const solved = (change: object = {}): PostDetail =>
  ({ ...aPost({ state: 'resolved', cause: 'Buse usée', action: 'Changée', asset: 'lyon/bottling/line-3/filler', photos: [photo('own')] }), thread: [], ...change }) as unknown as PostDetail
const card: Card = { asset: 'lyon/bottling/line-3', cause: 'Buse usée', action: 'La changer', wrong: 'Poids', confirmed: '2026-11-21T09:00:00Z', by: { kind: 'person', name: 'Karim' }, uses: 0, due: false, retired: false }

describe('a card', () => {
  it('begins with what the solved post says', () => {
    expect(draftOf(solved())).toEqual({ cause: 'Buse usée', action: 'Changée', text: '', wide: false, photos: ['own'] })
  })

  it('begins with itself when it is changed', () => {
    expect(draftOf(solved({ kind: 'practice', text: 'À froid', talk: { card } }))).toEqual({ cause: 'Buse usée', action: 'La changer', text: 'À froid', wide: true, photos: [] })
  })

  it('may take the photos that everybody still sees, three at first', () => {
    const post = solved({ thread: [said('a'), said('b', { deleted: true }), said('c', { hidden: { reason: 'x' } }), said('d'), said('e')] })
    expect(photosOf(post).map(({ id }) => id)).toEqual(['own', 'of-a', 'of-d', 'of-e'])
    expect(draftOf(post).photos).toEqual(['own', 'of-a', 'of-d'])
  })

  it('is for a place where there is no machine, and for its article where there is one', () => {
    expect([mayWiden(solved()), mayWiden(solved({ asset: undefined })), mayWiden(solved({ sku: '376' }))]).toEqual([true, false, false])
  })

  it('is to be read, and grey once it is offered no more', () => {
    const practice = (change: Partial<Card>) => aPost({ kind: 'practice', state: 'closed', talk: { card: { ...card, ...change } } })
    expect(isCalm(practice({}))).toBe(true)
    expect([moodOf(practice({})), moodOf(practice({ retired: true }))]).toEqual(['good', 'done'])
  })

  it('is retired for as many reasons in both languages', () => {
    expect(en.cards.reasons).toHaveLength(fr.cards.reasons.length)
  })
})
