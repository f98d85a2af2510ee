import { describe, expect, it } from 'vitest'
import type { Course } from '../src/api/course'
import type { Me, Post } from '../src/api/types'
import { courseChips, decidedAs, isAsked, verdictOf, waitsFor } from '../src/course/course'
import { boardOf } from '../src/direct/board'
import { en } from '../src/i18n/en'
import { fr } from '../src/i18n/fr'
import { readAs } from '../src/i18n/offered'
import { nextFor } from '../src/post/next'
import { aPost } from './post'

const now = Date.parse('2026-11-21T23:40:00Z')
const me = (id: string): Me => ({ id, name: id, lang: 'fr', station: false, grants: [{ territory: 'lyon', name: 'Lyon', kind: 'site', role: 'manager' }] })

const course = (change: Partial<Course> = {}): Course => ({
  circuit: 'idee', step: 0, steps: 1, name: 'Décision', since: '2026-11-12T00:00:00Z', deciders: [{ member: 'ana', name: 'Ana' }], ...change,
})
const idea = (id: string, change: Partial<Course> = {}, post: Partial<Post> = {}): Post => aPost({ id, kind: 'idea', severity: 'info', talk: { course: course(change) }, ...post })
const chips = (post: Post, who = 'eve'): string[] => courseChips(post, me(who), fr, now).map(([, text]) => text)

describe('a course', () => {
  it('waits for who sits and has not spoken', () => {
    const vote = { member: 'ana', name: 'Ana', yes: true, reason: 'Oui', at: '2026-11-21T00:00:00Z' }
    expect([waitsFor(idea('i'), me('ana')), waitsFor(idea('i'), me('eve'))]).toEqual([true, false])
    expect(waitsFor(idea('i', { quorum: 2, votes: [vote] }), me('ana'))).toBe(false)
    expect(waitsFor(idea('i', { outcome: 'refused' }), me('ana'))).toBe(false)
  })

  it('offers its decision to who sits, whatever else they oversee', () => {
    expect([nextFor(idea('i'), me('ana')), nextFor(idea('i'), me('eve'))]).toEqual(['decide', undefined])
  })

  it('says in a list where it is, whom it waits for, and for how long it is late', () => {
    expect(chips(idea('i'), 'ana')).toEqual(['Décision · Vous attend'])
    expect(chips(idea('i', { deciders: [{ member: 'bo', name: 'Bo', for: 'ana', for_name: 'Ana' }] }))).toEqual(['Décision · Attend Bo, pour Ana'])
    expect(chips(idea('i', { overdue: true, due: '2026-11-19T20:00:00Z' }))[0]).toBe('En retard de 2 j')
    expect(chips(idea('i', { outcome: 'accepted', task: { owner: { kind: 'person', name: 'Bo' }, due: '2026-12-01T00:00:00Z' } }))).toEqual(['À faire · Bo'])
  })

  it('asks those to whom a question is put, and its author to keep an answer', () => {
    const question = aPost({ kind: 'question', author: { kind: 'person', name: 'Eve', member: 'eve' }, talk: { course: course({ steps: 2 }) } })
    expect([isAsked(question, me('ana')), isAsked(question, me('eve')), waitsFor(question, me('eve'))]).toEqual([true, false, true])
    expect([nextFor(question, me('ana')), nextFor(question, me('eve'))]).toEqual(['answer', 'decide'])
  })

  it('is shown as decided at once where one word decides, and not where others have theirs', () => {
    const self = { kind: 'person', name: 'Ana', member: 'ana' } as const
    const yes = { outcome: 'accepted', reason: 'Plus sûr' } as const
    const seen = decidedAs(idea('i'), yes, self, '2026-11-21T23:40:00Z')
    expect([seen.state, seen.cause, seen.action, seen.talk?.course?.outcome]).toEqual(['resolved', 'Acceptée', 'Plus sûr', 'accepted'])
    expect(decidedAs(idea('i', { steps: 2 }), yes, self, '')).toEqual({})
    expect(decidedAs(idea('i', { quorum: 2 }), yes, self, '')).toEqual({})
    expect(decidedAs(idea('i', { quorum: 2 }), { ...yes, outcome: 'deferred' }, self, '').state).toBe('resolved')
  })

  it('tells its outcome in the language of who reads it', () => {
    for (const outcome of ['accepted', 'refused', 'merged', 'deferred'] as const) {
      const kept = decidedAs(idea('i'), { outcome, reason: 'x' }, { kind: 'person', name: 'Ana' }, '').cause!
      expect([readAs(kept, fr), readAs(kept, en)]).toEqual([verdictOf(idea('i'), outcome, fr), verdictOf(idea('i'), outcome, en)])
    }
  })
})

describe('the column of what is to be decided', () => {
  it('begins with what waits for this person, then with what is late', () => {
    const mine = { deciders: [{ member: 'me', name: 'Me' }] }
    const posts = [idea('other', {}, { bumped_at: '2026-11-21T23:00:00Z' }), idea('late', { overdue: true }), idea('mine', mine)]
    expect(boardOf(posts, '', now, me('me')).decide.map((p) => p.id)).toEqual(['mine', 'late', 'other'])
  })
})
