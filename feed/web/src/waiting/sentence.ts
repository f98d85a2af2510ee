import type { Kind } from '../api/types'
import type { Words } from '../i18n/fr'
import { readAs } from '../i18n/offered'
import type { Opened } from '../outbox/item'

/** What an item is: "Rupture · 3017620422003", "Réponse · Poids trop faible". */
export function sentence({ kind, about, body }: Opened, w: Words): string {
  const { kind: reported, sku } = body as { kind?: Kind; sku?: string }
  if (kind === 'report') return [reported ? w.kind[reported] : w.outbox.report, sku].filter(Boolean).join(' · ')
  return [w.outbox.act[kind] ?? w.outbox.title, about && readAs(about, w)].filter(Boolean).join(' · ')
}
