import type { Post } from '../src/api/types'

/** A post for tests: an open alert, changed where the test says. */
export const aPost = (change: Partial<Post> = {}): Post => ({
  id: 'm1',
  kind: 'alert',
  topic: 'quality',
  state: 'new',
  severity: 'major',
  title: 'Poids trop faible',
  territory: 'lyon/bottling/line-3',
  territory_name: 'Ligne 3',
  author: { kind: 'machine', name: 'Remplisseuse 2' },
  active: true,
  stale: false,
  back_to_normal: false,
  occurrences: 1,
  me_too: 0,
  comments: 0,
  reactions: { useful: 0, like: 0, recommend: 0 },
  opened_at: '2026-11-21T09:00:00Z',
  since: '2026-11-21T09:00:00Z',
  updated_at: '2026-11-21T09:00:00Z',
  bumped_at: '2026-11-21T09:00:00Z',
  change: 1,
  ...change,
})
