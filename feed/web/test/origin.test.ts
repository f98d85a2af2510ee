import { describe, expect, it } from 'vitest'
import { en } from '../src/i18n/en'
import { fr } from '../src/i18n/fr'
import { originOf } from '../src/post/origin'

const now = Date.parse('2026-11-22T10:00:00Z')
const said = { back_room: '39', price: '3.2', currency: 'EUR', delivery_quantity: '24.5', sku: '3760124511109', max_oil_pressure: '12', oilLevel: 'low', retained: 'true', post: 'p1' }

describe('what a source said', () => {
  it('is in people’s words, with its unit and currency', () => {
    const rows = Object.fromEntries(originOf(said, 'kg', fr, now))
    expect(rows).toEqual({
      'En réserve': '39 kg',
      Prix: '3,20\u202f€',
      'Quantité livrée': '24,5 kg',
      Article: '3760124511109',
      'Max oil pressure': '12',
      'Oil level': 'low',
      'Gardé par le broker': 'oui',
    })
  })

  it('is so in English too', () => {
    const rows = Object.fromEntries(originOf(said, '{piece}', en, now))
    expect(rows).toMatchObject({ 'In the back room': '39', Price: '3.20\u202f€', 'Kept by the broker': 'yes' })
  })

  it('is never a key of the ERP, nor a currency that is not known', () => {
    for (const words of [fr, en]) {
      const rows = originOf({ ...said, a_b__c: 'x', price: '2' }, undefined, words, now)
      for (const [name] of rows) expect(name).not.toMatch(/[_]/)
    }
    expect(originOf({ price: '2' }, undefined, fr, now)).toEqual([['Prix', '2,00']])
    expect(originOf({ price: '2', currency: 'no code' }, undefined, fr, now)).toEqual([['Prix', '2,00\u202fno code']])
  })

  it('tells an instant as people do', () => {
    const [[, value]] = originOf({ delivery: '2026-11-23T06:30:00Z' }, undefined, fr, now) as [[string, string]]
    expect(value).not.toContain('T')
  })
})
