import type { Words } from '../i18n/fr'
import { formatNumber, formatPrice, unitLabel } from '../i18n/number'
import { formatTime } from '../i18n/time'

/** What the house notes for itself, and what stands in another fact. */
const hidden = ['post', 'currency']
/** What is counted in the unit of the post. */
const counts = ['back_room', 'delivery_quantity', 'quantity', 'target']

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
const numeric = /^-?\d+([.]\d+)?$/

/** What a source said besides its figure, in people's words: a name, and a value as it is read aloud. */
export const originOf = (attr: Readonly<Record<string, string>>, unit: string | undefined, w: Words, now: number): [name: string, value: string][] =>
  Object.entries(attr)
    .filter(([key, value]) => !hidden.includes(key) && value !== '')
    .map(([key, value]) => [w.attr[key] ?? spoken(key), valueOf(key, value, attr, unit, w, now)])

function valueOf(key: string, value: string, attr: Readonly<Record<string, string>>, unit: string | undefined, w: Words, now: number): string {
  if (instant.test(value) && !Number.isNaN(Date.parse(value))) return formatTime(w, value, now, true)
  if (value === 'true' || value === 'false') return w.attrSays[value]
  if (!numeric.test(value)) return value
  const number = (decimals: number): string => formatNumber(w.locale, Number(value), decimals)
  if (key === 'price') return formatPrice(w.locale, Number(value), attr.currency)
  if (counts.includes(key)) return `${number(fractionOf(value))} ${unitLabel(unit)}`.trim()
  return value // a code is no count
}

const fractionOf = (value: string): number => Math.min((value.split('.')[1] ?? '').replace(/0+$/, '').length, 3)

/** A key of the source as words: "max_pressure" and "maxPressure" are "Max pressure". */
function spoken(key: string): string {
  const said = key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_.\-]+/g, ' ')
    .trim()
    .toLowerCase()
  return said.charAt(0).toUpperCase() + said.slice(1)
}
