import { describe, expect, it } from 'vitest'
import type { Condition, Run } from '../src/api/living'
import { boardOf } from '../src/direct/board'
import { byTaking, forInformation, inHand, isAsleep, lacksCause, moodOf, runs, toTake } from '../src/feed/order'
import { fr } from '../src/i18n/fr'
import { nextFor } from '../src/post/next'
import { answersOf } from '../src/post/answers'
import { firstOf, othersOf } from '../src/post/firsts'
import { headingOf } from '../src/post/heading'
import { livingOf, shelvedText } from '../src/post/besides'
import { pastOf } from '../src/post/past'
import { roleWord } from '../src/post/role'
import { progressOf, scrapShare } from '../src/run/progress'
import { aPost } from './post'

const karim = { kind: 'person' as const, name: 'Karim', member: 'karim' }
const now = Date.parse('2026-11-21T09:00:00Z')
const me = { id: 'karim', name: 'Karim', lang: 'fr' as const, grants: [], station: false }

const aRun = (change: Partial<Run> = {}): Run => ({
  count: 18240, target: 26000, scrap: 160, pace: 209, lost: 1160, stops: [], stopped: false, started_at: '2026-11-21T05:00:00Z', ...change,
})

const aCondition = (change: Partial<Condition>): Condition => ({
  key: 'k', rule: 'stop', asset: 'a', name: 'Remplisseuse 2', at: '2026-11-21T07:42:00Z', first: false, active: true, severity: 'major', title: 'Arrêt', ...change,
})

describe('what is silenced', () => {
  const asleep = aPost({ shelf: { once: false, until: '2026-11-21T14:00:00Z', by: karim, reason: 'Essai en cours' } })

  it('is neither to take nor in hand, and is listed as what it is', () => {
    expect([toTake(asleep), inHand({ ...asleep, state: 'taken' }), isAsleep(asleep)]).toEqual([false, false, true])
    expect(moodOf(asleep)).toBe('asleep')
    expect(boardOf([asleep], '', now).asleep).toEqual([asleep])
  })

  it('can be heard again with one touch', () => {
    expect(nextFor(asleep, me)).toBe('wake')
  })

  it('says until when, by whom and why', () => {
    expect(livingOf(asleep, fr, now)[0]![1]).toMatch(/^En veille jusqu’à \d\d:00, par Karim · Essai en cours$/)
    const once = { ...asleep, shelf: { ...asleep.shelf!, once: true } }
    expect(livingOf(once, fr, now)[0]![1]).toBe('En veille pour cette fois, par Karim · Essai en cours')
    const { until: _, ...rest } = asleep.shelf!
    expect(livingOf({ ...asleep, shelf: rest }, fr, now)[0]![1]).toContain('Hors service, par Karim')
  })

  it('keeps its shelf once it ended, for as long as that lasts', () => {
    const ended = { ...asleep, state: 'closed' as const }
    expect(isAsleep(ended)).toBe(false)
    expect(livingOf(ended, fr, now)[0]![0]).toBe('shelf')
    expect(livingOf(ended, fr, Date.parse('2026-11-21T14:00:00Z'))).toEqual([])
  })

  it('is said to be for the next ones when it ended meanwhile', () => {
    expect(shelvedText(asleep, fr, now)).toBe(fr.living.shelved)
    expect(shelvedText({ ...asleep, state: 'closed' }, fr, now)).toMatch(/les suivantes restent en veille jusqu’à \d\d:00\.$/)
  })

  it('is put back in service by whoever oversees the place only', () => {
    const { until: _, ...rest } = asleep.shelf!
    const disabled = { ...asleep, shelf: rest }
    const lead = { ...me, grants: [{ territory: 'lyon', name: 'Lyon', kind: 'site', role: 'lead' as const }] }
    expect([nextFor(disabled, me), nextFor(disabled, lead), nextFor(asleep, lead)]).toEqual([undefined, 'enable', 'wake'])
    expect(livingOf({ ...disabled, state: 'closed' }, fr, now)[0]![1]).toContain('Hors service')
  })
})

describe('what is true of a post besides its sentence', () => {
  it('is said in words', () => {
    const said = livingOf(aPost({ unstable: true, flips: 12, asked: 'lead', noise: 2 }), fr, now).map(([, text]) => text)
    expect(said).toEqual(['Instable, 12 bascules', 'Demandé à : chef d’équipe', '« C’est du bruit » : 2'])
  })

  it('asks nobody any more once it ended', () => {
    expect(livingOf(aPost({ asked: 'lead', state: 'closed' }), fr, now)).toEqual([])
  })

  it('leaves a role that it does not know as it is', () => {
    expect([roleWord('@nettoyage', fr), roleWord('@maintenance', fr), roleWord('role:manager', fr)]).toEqual(['@nettoyage', 'maintenance', 'responsable'])
  })

  it('tells what was done the last time', () => {
    const past = { post: 'm0', cause: 'courroie retendue', at: '2026-11-03T10:00:00Z', minutes: 12.4, by: 'Karim' }
    expect(pastOf(past, fr)).toBe('courroie retendue, 12 min (Karim, 3\u00a0nov.)')
    expect(pastOf({ ...past, action: past.cause }, fr)).toBe(pastOf(past, fr)) // the same words once
  })
})

describe('a post of several conditions', () => {
  it('names what was first, and counts those that are not listed', () => {
    const post = aPost({ members: [aCondition({ first: true }), aCondition({ name: 'Étiqueteuse' })], total: 133 })
    expect(firstOf(post, fr, now)).toMatch(/^Première : Remplisseuse 2 · \d\d:42$/)
    expect(othersOf(post)).toBe(132)
  })

  it('names all that were first at once', () => {
    const post = aPost({ members: [aCondition({ first: true }), aCondition({ first: true, name: 'Étiqueteuse' })] })
    expect(firstOf(post, fr, now)).toMatch(/^Premières : Remplisseuse 2, Étiqueteuse · /)
    expect(firstOf(aPost(), fr, now)).toBeUndefined()
  })

  it('has no first when it stands for one', () => {
    expect(firstOf(aPost({ members: [aCondition({ first: true })] }), fr, now)).toBeUndefined()
  })

  it('is taken before what ended by itself and waits to be confirmed', () => {
    const posts = [aPost({ id: 'latched', severity: 'critical', latched: true, active: false }), aPost({ id: 'holds', severity: 'minor' })]
    expect(posts.sort(byTaking).map((p) => p.id)).toEqual(['holds', 'latched'])
  })

  it('comes before its like when it is a flood', () => {
    const posts = [aPost({ id: 'alert', since: '2026-11-21T12:00:00Z' }), aPost({ id: 'flood', kind: 'flood' })]
    expect(posts.sort(byTaking).map((p) => p.id)).toEqual(['flood', 'alert'])
  })
})

describe('what heads a sheet', () => {
  it('is the order of a production thread, whose figures stand below', () => {
    const title = 'OF-40118 · Eau gazeuse : 18 240 / 26 000'
    expect(headingOf(aPost({ title, run: aRun({ order: 'OF-40118', product: 'Eau gazeuse' }) }))).toBe('OF-40118 · Eau gazeuse')
    expect(headingOf(aPost({ title, run: aRun({ order: 'OF-40118' }) }))).toBe('OF-40118')
  })

  it('is its sentence when there is no order', () => {
    expect(headingOf(aPost({ title: 'Ligne 4', run: aRun({ shift: 'matin' }) }))).toBe('Ligne 4')
    expect(headingOf(aPost({ title: 'Poids trop faible' }))).toBe('Poids trop faible')
  })
})

describe('what asks nothing', () => {
  it('does not say which post it goes on from: each order follows another', () => {
    expect(livingOf(aPost({ kind: 'production', previous: 'm0' }), fr, now)).toEqual([])
    expect(livingOf(aPost({ previous: 'm0' }), fr, now)).toHaveLength(1)
  })

  it('is never to take, however grave its rule says it is', () => {
    for (const kind of ['production', 'handover', 'good-news'] as const) {
      const post = aPost({ kind, severity: 'critical' })
      expect([toTake(post), nextFor(post, me)], kind).toEqual([false, undefined])
    }
    expect([moodOf(aPost({ kind: 'good-news' })), moodOf(aPost({ kind: 'handover' }))]).toEqual(['good', 'relay'])
  })

  it('has its own place while it runs', () => {
    const run = aPost({ kind: 'production', severity: 'info', run: aRun() })
    expect([runs(run), forInformation(run)]).toEqual([true, false])
    expect(runs({ ...run, state: 'closed' })).toBe(false)
  })
})

describe('what ended and waits for a word', () => {
  it('is confirmed, and no longer looks abnormal', () => {
    const latched = aPost({ latched: true, active: false, severity: 'critical' })
    expect([nextFor(latched, me), moodOf(latched), toTake(latched)]).toEqual(['confirm', 'done', true])
  })
})

describe('the answers when a post is closed', () => {
  const detail = { ...aPost(), timeline: [], thread: [], related: [], mine: [], mine_noise: false, can: { write: true, handle: true, shelve: true, oversee: false, animate: false, moderate: false, accept: false, admit: false }, flags: [] }

  it('are the rule’s, then the usual ones, each once', () => {
    const { causes, actions } = answersOf({ ...detail, causes: ['Buse usée', 'Nettoyage'], actions: ['Buse changée'] }, fr)
    expect(causes).toEqual(['Buse usée', 'Nettoyage', 'Réglage fait', 'Pièce changée', 'Fausse alerte'])
    expect(actions).toEqual(['Buse changée'])
  })

  it('are the usual ones for a card that does not know its rule’s', () => {
    expect(answersOf(aPost(), fr)).toEqual({ causes: fr.causes.machine, actions: [] })
  })
})

describe('the cause of what ended', () => {
  const ended = aPost({ state: 'closed', back_to_normal: true, active: false })

  it('may be given afterwards, once', () => {
    expect(lacksCause(ended)).toBe(true)
    expect(lacksCause({ ...ended, cause: 'Buse usée' })).toBe(false)
  })

  it('is not asked while it holds, nor of what asks nothing', () => {
    expect([lacksCause(aPost()), lacksCause({ ...ended, kind: 'production' }), lacksCause({ ...ended, kind: 'selling-well' })]).toEqual([false, false, false])
  })
})

describe('a production thread', () => {
  it('should have what it made and what it lost', () => {
    const { made, due, dueCount, late } = progressOf(aRun())
    expect([dueCount, late]).toEqual([19400, 1160])
    expect([made, due].map((v) => v!.toFixed(3))).toEqual(['0.702', '0.746'])
  })

  it('is on time when little is missing, and has no bar without a target', () => {
    expect(progressOf(aRun({ lost: 40 })).late).toBe(0)
    const { target: _, ...open } = aRun()
    expect(progressOf(open).made).toBeUndefined()
  })

  it('is never due more than its target', () => {
    expect(progressOf(aRun({ count: 25900, lost: 900 })).due).toBe(1)
  })

  it('counts scrap among all that was made', () => {
    expect(scrapShare(aRun({ count: 99, scrap: 1 }))).toBe(1)
    expect(scrapShare(aRun({ count: 0, scrap: 0 }))).toBe(0)
  })
})
