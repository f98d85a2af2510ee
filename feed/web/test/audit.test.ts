import { describe, expect, it } from 'vitest'
import type { AuditLine } from '../src/api/rights'
import { detailOf } from '../src/audit/detail'
import { en } from '../src/i18n/en'
import { fr } from '../src/i18n/fr'

const line = (part: Partial<AuditLine>): AuditLine => ({ n: 1, at: '2026-11-22T07:00:00Z', action: 'role.give', hash: '', ...part })

describe('what an audit line says of a change', () => {
  it.each([
    [{ role: 'operator' }, 'Conduite de ligne', 'Line operation'],
    [{ kind: 'line', name: 'Zone froide' }, 'Ligne, Zone froide', 'Line, Zone froide'],
    [{ new: 2, changed: 0, same: 1 }, '2 nouveaux, 0 modifiés, 1 inchangés', '2 new, 0 changed, 1 unchanged'],
    [{ comment: '01a20226-a128-71d4-b875-d111c426ef0a', reason: 'Vise une personne' }, 'Vise une personne', 'Vise une personne'],
    [{ level: 2, expires: '2026-12-12T12:00:00Z' }, 'niveau 2, jusqu’au 12 déc. 2026', 'level 2, until 12 Dec 2026'],
    [{ charter: { fr: 'Nous répondons.' }, after: ['lyon/presses'] }, 'charte, aval', 'charter, downstream'],
  ])('reads %j', (detail, french, english) => {
    expect(detailOf(line({ detail }), fr)).toBe(french)
    expect(detailOf(line({ detail }), en)).toBe(english)
  })

  it('names what was done to, unless by a number that nobody reads', () => {
    expect(detailOf(line({ object: 'list-readers' }), fr)).toBe('list-readers')
    expect(detailOf(line({ object: '01a20226-764b-7ca1-a9a1-c5048d120636' }), fr)).toBe('')
  })
})
