import type { AuditLine } from '../api/rights'
import { dateFormat } from '../i18n/formats'
import type { Words } from '../i18n/fr'
import { formatNumber } from '../i18n/number'

/** Fields that say where or which, as other columns do. */
const elsewhere = ['comment', 'territory']
const identity = /[0-9a-f]{8}-/
const instant = /^\d{4}-\d\d-\d\dT/
const decimals = 2

/** What changed, in the reader's words where they are known. */
export function detailOf({ detail, object }: AuditLine, w: Words): string {
  const said = Object.entries(detail ?? {})
    .filter(([field, value]) => !elsewhere.includes(field) && value !== '' && value !== null)
    .map(([field, value]) => told(field, value, w))
  return said.join(', ') || (object && !identity.test(object) ? object : '')
}

function told(field: string, value: unknown, w: Words): string {
  const name = w.rights.fields[field]
  if (typeof value === 'string' && !name) return worded(value, w)
  const said = [name ?? field, inWords(value, w)].filter(Boolean)
  return (typeof value === 'number' && counts.includes(field) ? said.reverse() : said).join(' ')
}

/** Figures that stand before what they count. */
const counts = ['new', 'changed', 'same']

/** A value that one can read; of anything larger its name says enough. */
function inWords(value: unknown, w: Words): string {
  if (typeof value === 'number') return formatNumber(w.locale, value, Number.isInteger(value) ? 0 : decimals)
  if (typeof value !== 'string') return ''
  return instant.test(value) ? dateFormat(w.locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(Date.parse(value)) : worded(value, w)
}

const worded = (value: string, w: Words): string => w.role[value as keyof Words['role']] ?? w.places.kinds[value] ?? value
