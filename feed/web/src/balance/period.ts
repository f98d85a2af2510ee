import { dateFormat } from '../i18n/formats'
import type { Balance, Period } from '../api/balance'
import type { Words } from '../i18n/fr'

/** What a week or month is called: "Semaine 46, du 9 nov. au 15 nov.", "octobre 2026". */
export function periodName(w: Words, { period, zone }: Pick<Balance, 'period' | 'zone'>): string {
  const told = (at: number, options: Intl.DateTimeFormatOptions): string =>
    dateFormat(w.locale, { ...options, timeZone: known(zone) }).format(at)
  if (period.unit === 'month') return told(Date.parse(period.from), { month: 'long', year: 'numeric' })
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }
  return w.balance.week(weekOf(period), told(Date.parse(period.from), day), told(Date.parse(period.to) - 1, day))
}

/** The month of an id such as 2026-10. */
export const monthName = (w: Words, id: string): string =>
  dateFormat(w.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${id}-01`))

/** "S46" or "oct.", under a point of a drawing. */
export function shortPeriod(w: Words, id: string): string {
  const [, week] = id.split('-W')
  if (week) return `${w.locale.startsWith('fr') ? 'S' : 'W'}${Number(week)}`
  return dateFormat(w.locale, { month: 'short', timeZone: 'UTC' }).format(Date.parse(`${id}-01`))
}

const weekOf = ({ id }: Period): number => Number(id.split('-W')[1])

// A server without a named zone says "Local": the browser's own is the best guess.
const known = (zone: string): string | undefined => (zone.includes('/') || zone === 'UTC' ? zone : undefined)
