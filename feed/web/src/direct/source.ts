import type { Words } from '../i18n/fr'

const patterns: [RegExp, keyof Words['sourceSays']][] = [
  [/connected, (\d+) subscriptions? granted/, 'granted'],
  [/(\d+) nodes? in (\d+) subscriptions?/, 'nodes'],
  [/(\d+) files? imported/, 'files'],
  [/connection refused/, 'refused'],
  [/\bheld\b/, 'held'],
]

/** What a connector says of itself, in the reader's words where they are known. */
export const sourceDetail = (detail: string, w: Words): string =>
  patterns.reduce((text, [pattern, name]) => text.replace(pattern, w.sourceSays[name]), detail)
