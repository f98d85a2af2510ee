import { useComputed, type Signal } from '@preact/signals'
import type { Post, Territory } from '../api/types'
import { isOpen } from '../feed/order'
import { byPlace, depthOf } from '../feed/territory'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'

type Props = { root: Signal<string>; territories: Territory[] }

/** Which part of the territory the board shows. */
export function TerritoryFilter({ root, territories }: Props) {
  const { feed } = useSession()
  const w = words.value
  const open = useComputed(() => openBelow(feed.posts.value.values())).value
  const count = (path: string): string => (open.get(path) ? ` (${open.get(path)})` : '')
  const places = territories.filter((t) => t.kind !== 'machine').sort(byPlace)
  return (
    <label class="filter">
      <span class="spoken">{w.filter}</span>
      <select value={root.value} onChange={(e) => (root.value = e.currentTarget.value)}>
        <option value="">{w.everywhere}</option>
        {places.map((t) => (
          <option key={t.path} value={t.path}>
            {'\u2003'.repeat(depthOf(t.path, places)) + t.name + count(t.path)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** How many open posts stand at or below each place that has any. */
function openBelow(posts: Iterable<Post>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const post of posts) {
    if (!isOpen(post.state)) continue
    for (let at = post.territory; at; at = at.slice(0, Math.max(at.lastIndexOf('/'), 0))) counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  return counts
}
