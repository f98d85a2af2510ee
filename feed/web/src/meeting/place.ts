import { dateFormat } from '../i18n/formats'
import type { Meeting, MeetingCell } from '../api/balance'
import type { Words } from '../i18n/fr'
import { formatNumber } from '../i18n/number'

export type Standing = 'calm' | 'abnormal' | 'unknown'

/** The value that counts: what people corrected it to, else what the feed says. */
export const valueOfCell = ({ value, corrected }: MeetingCell): number | undefined => corrected?.value ?? value

/** How a concern stands; unknown where only people can count. */
export function standingOf(cell: MeetingCell): Standing {
  if (cell.corrected) return cell.corrected.abnormal ? 'abnormal' : 'calm'
  if (cell.abnormal) return 'abnormal'
  return cell.value === undefined ? 'unknown' : 'calm'
}

/** The figure of a cell as people read it. */
export function cellText(w: Words, cell: MeetingCell): string {
  const value = valueOfCell(cell)
  if (value === undefined) return '–'
  const number = formatNumber(w.locale, Math.round(value))
  if (cell.unit === 'percent') return `${number}\u202f%`
  return cell.unit === 'minutes' ? `${number}\u202fmin` : number
}

/** What it counts, of one or of many as the language has it. */
export function unitOf(w: Words, cell: MeetingCell): string {
  const one = new Intl.PluralRules(w.locale).select(Math.round(valueOfCell(cell) ?? 0)) === 'one'
  return w.balance.meeting[one ? 'unitOne' : 'unit'][cell.unit]
}

/** Tomorrow, as a field for dates writes it. */
export function tomorrow(at: number): string {
  const day = new Date(at)
  day.setDate(day.getDate() + 1)
  return [day.getFullYear(), String(day.getMonth() + 1).padStart(2, '0'), String(day.getDate()).padStart(2, '0')].join('-')
}

/** The shift or day of a sheet in words. */
export function spanOf(w: Words, { shift, from, to }: Pick<Meeting, 'shift' | 'from' | 'to'>): string {
  const told = (at: string, options: Intl.DateTimeFormatOptions): string => dateFormat(w.locale, options).format(Date.parse(at))
  const day = told(from, { weekday: 'long', day: 'numeric', month: 'long' })
  const hour: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
  return shift ? `${w.balance.meeting.of(shift)} · ${day}, ${told(from, hour)} – ${told(to, hour)}` : day
}
