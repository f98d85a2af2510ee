import { beforeAll, describe, expect, it } from 'vitest'
import type { Me, Role } from '../src/api/types'
import { en } from '../src/i18n/en'
import { fr } from '../src/i18n/fr'
import { closedOf } from '../src/shell/closed'
import type { PageName } from '../src/shell/route'
import { mayOpen } from '../src/shell/menu'

const who = (...roles: Role[]): Me => ({ id: 'x', name: 'X', grants: roles.map((role) => ({ role, territory: 'lyon', name: 'Lyon', kind: 'site' })), station: false }) as unknown as Me
const station = { ...who('operator'), station: true, device: { kind: 'station' } } as unknown as Me

let pageNames: readonly PageName[]
beforeAll(async () => {
  // The address that the page is loaded at is read with the module.
  Object.assign(globalThis, { location: { pathname: '/' } })
  ;({ pageNames } = await import('../src/shell/route'))
})

describe('a page that a role does not open', () => {
  it('says why in one sentence, in both languages, for every page and role', () => {
    for (const role of ['operator', 'staff', 'lead', 'manager', 'animator', 'admin', 'auditor'] as Role[]) {
      for (const page of pageNames) {
        if (mayOpen(page, who(role)) || page === 'kit' || page === 'guest') continue
        const said = [fr, en].map((w) => closedOf(page, who(role), w))
        expect(said[0]!.why, `${page} for ${role}`).toMatch(/^\p{Lu}.*[^.]\.$/u)
        expect(said[1]!.why).not.toBe(said[0]!.why)
        const { instead } = said[0]!
        if (instead) expect(mayOpen(instead, who(role))).toBe(true)
      }
    }
  })

  it('leads an administrator from the audit log to what it says of them', () => {
    expect(closedOf('audit', who('admin'), fr)).toEqual({ why: fr.rights.closed.pages.audit, instead: 'me', identify: false })
    expect(closedOf('audit', who('admin'), fr).why).toContain(fr.pages.me)
    expect(closedOf('audit', who('admin'), en).why).toContain(en.pages.me)
  })

  it('leads an operator from the members to the directory, and an administrator nowhere who may not read it', () => {
    expect(closedOf('members', who('operator'), fr).instead).toBe('people')
    expect(closedOf('balance', who('admin'), fr)).toEqual({ why: fr.rights.closed.unread, instead: undefined, identify: false })
  })

  it('asks at a station who one is', () => {
    expect(closedOf('me', station, fr)).toEqual({ why: fr.rights.closed.station, identify: true })
  })
})
