import type { Territory } from '../api/types'

/** The places above a path, nearest first, by name: "Embouteillage · Lyon". */
export function placesAbove(path: string, territories: readonly Territory[]): string {
  const byPath = new Map(territories.map((t) => [t.path, t]))
  const names: string[] = []
  for (let at = parent(path); at; at = parent(at)) {
    const name = byPath.get(at)?.name
    if (name) names.push(name)
  }
  return names.slice(0, 2).join(' · ')
}

const parent = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0))

/** The places in the order of their tree. */
export const byPlace = (a: Territory, b: Territory): number => a.path.localeCompare(b.path)

/** How deep a place lies below the topmost place of the list. */
export function depthOf(path: string, territories: readonly Territory[]): number {
  return territories.filter((t) => path.startsWith(t.path + '/')).length
}
