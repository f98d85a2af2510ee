import { describe, expect, it } from 'vitest'
import { nextStation, passed } from '../src/article/steps'
import { placeOf } from '../src/article/place'
import { threadsOf } from '../src/article/threads'
import { named, RoundStore, withCode, without, type Line } from '../src/round/round'
import { articleOf, codeIn, Sightings } from '../src/scan/code'
import { hear, onHeard } from '../src/scan/heard'
import type { Me } from '../src/api/types'
import { aPost as post } from './post'

describe('a code that was read', () => {
  it.each([
    ['3017620422003', '3017620422003'],
    [' 96385074 ', '96385074'],
    ['https://shop.test/01/03017620422003?x=1', '3017620422003'],
    ['(01)03017620422003', '3017620422003'],
    ['0103017620422003', '3017620422003'],
    ['REF-12A', 'REF-12A'],
  ])('%s names an article', (raw, sku) => expect(articleOf(raw)).toBe(sku))
  it.each(['3017620422004', '12345', '', 'https://shop.test/menu', 'a\u0000b1', '0103017620422004'])('%j names none', (raw) =>
    expect(articleOf(raw)).toBeUndefined(),
  )
  it('counts once until it has been out of sight', () => {
    const sightings = new Sightings()
    expect([0, 500, 1600, 2700, 4000].map((at) => sightings.fresh('a', at))).toEqual([true, false, false, false, true])
    expect(sightings.fresh('b', 4100)).toBe(true)
    expect(sightings.fresh('a', 4200)).toBe(true)
  })
  it('is handed to whoever began to listen last', () => {
    const heard: string[] = []
    expect(hear('x')).toBe(false)
    const stop = onHeard((code) => heard.push(`under ${code}`))
    const stopUpper = onHeard((code) => heard.push(`upper ${code}`))
    expect(hear('1')).toBe(true)
    stopUpper()
    hear('2')
    stop()
    expect(hear('3')).toBe(false)
    expect(heard).toEqual(['upper 1', 'under 2'])
  })
  it('is opened as typed when it is a code, and searched when it is a name', () => {
    expect(['3017620422003', 'REF-12A', 'menthe', 'sirop 70 cl', '3017620422004'].map(codeIn)).toEqual(['3017620422003', 'REF-12A', undefined, undefined, undefined])
  })
})

describe('a stock-out', () => {
  const shelf = post({ sku: '1', topic: 'stock', kind: 'stock-out' })
  const by = { kind: 'person', name: 'Léa' } as const
  const step = (name: 'backroom' | 'ordered') => ({ step: name, at: '2026-11-21T08:00:00Z', by })
  it('goes from its report to the shelf', () => {
    expect(nextStation(shelf)).toBe('taken')
    const taken = { ...shelf, state: 'taken', taker: by } as const
    expect(nextStation(taken)).toBe('backroom')
    expect(nextStation({ ...taken, steps: [step('backroom')] })).toBe('ordered')
    expect(nextStation({ ...taken, steps: [step('backroom'), step('ordered')] })).toBe('shelved')
    expect([...passed({ ...taken, state: 'resolved' })]).toContain('shelved')
    expect(nextStation({ ...taken, state: 'resolved' })).toBeUndefined()
  })
  it('that was ordered at once is not sent back to the back room', () => {
    expect(nextStation({ ...shelf, state: 'taken', steps: [step('ordered')] })).toBe('shelved')
  })
})

describe('the threads of an article', () => {
  it('are as new as the feed knows them, open ones only', () => {
    const read = [post({ id: 'a', sku: '1', change: 3 }), post({ id: 'b', sku: '1', topic: 'stock', change: 3 })]
    const feed = new Map([
      ['a', post({ id: 'a', sku: '1', change: 4, state: 'resolved' })],
      ['b', post({ id: 'b', sku: '1', topic: 'stock', change: 2, me_too: 9 })],
      ['c', post({ id: 'c', sku: '1', change: 5 })],
      ['d', post({ id: 'd', sku: '2', change: 5 })],
    ])
    const found = threadsOf('1', read, feed)
    expect(found.map(({ id }) => id)).toEqual(['b', 'c'])
    expect(found[0]!.me_too).toBe(0)
  })
  it('stand where the article does, if the reader works there', () => {
    const grants = [{ territory: 'shop/sweets', name: 'Sucré', kind: 'aisle', role: 'staff' as const }]
    const me: Me = { id: 'lea', name: 'Léa', lang: 'fr', grants, station: false }
    expect(placeOf('shop/sweets', me)).toBe('shop/sweets')
    expect(placeOf('shop/drinks', me)).toBe('shop/sweets')
    expect(placeOf(undefined, me)).toBe('shop/sweets')
  })
})

describe('a round', () => {
  const kept = (): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & { all: Map<string, string> } => {
    const all = new Map<string, string>()
    return { all, getItem: (name) => all.get(name) ?? null, setItem: (name, text) => void all.set(name, text), removeItem: (name) => void all.delete(name) }
  }
  const walk = (...codes: string[]): Line[] => codes.reduce<Line[]>(withCode, [])
  it('makes a line of each code, the last on top, and counts what comes again', () => {
    const lines = walk('a', 'b', 'a')
    expect(lines.map(({ sku, count }) => [sku, count])).toEqual([['a', 2], ['b', 1]])
    expect(without(lines, 'a').map(({ sku }) => sku)).toEqual(['b'])
    expect(named(lines, 'b', 'Beurre')[1]!.label).toBe('Beurre')
  })
  it('sends another report under another key', () => {
    const [once] = walk('a')
    const [twice] = withCode([once!], 'a')
    expect(twice!.key).not.toBe(once!.key)
    expect(named([once!], 'a', 'Beurre')[0]!.key).toBe(once!.key)
  })
  it('survives being put down, for whoever walks it', () => {
    const storage = kept()
    const lines = walk('a', 'b')
    new RoundStore(storage, 'lea').write(lines)
    expect(new RoundStore(storage, 'lea').read()).toEqual(lines)
    expect(new RoundStore(storage, 'hugo').read()).toEqual([])
    new RoundStore(storage, 'lea').write([])
    expect(storage.all.size).toBe(0)
  })
  it.each(['{', '{}', '[1,null,{"sku":"a"}]'])('begins anew when what was kept is %s', (text) => {
    const storage = kept()
    storage.setItem('fildefer.round.lea', text)
    expect(new RoundStore(storage, 'lea').read()).toEqual([])
  })
})
