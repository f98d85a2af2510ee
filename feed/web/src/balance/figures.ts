import { numberFormat } from '../i18n/formats'
import type { Balance, Figures, Share } from '../api/balance'
import type { Words } from '../i18n/fr'
import { formatNumber } from '../i18n/number'
import { formatAge } from '../i18n/time'

export type FigureName = 'alerts' | 'take' | 'solve' | 'last' | 'stopped' | 'lost' | 'shelf_empty' | 'again_24h' | 'again_7d' | 'solved' | 'decided' | 'money'

const minute = 60_000

/** A length of time in the unit that matters. */
export const duration = (w: Words, minutes: number): string => formatAge(w, 0, minutes * minute)

const share = ({ part, whole }: Share): number | undefined => (whole > 0 ? (100 * part) / whole : undefined)

const readers: Record<FigureName, (f: Figures) => number | undefined> = {
  alerts: (f) => f.alerts,
  take: (f) => f.take.p50,
  solve: (f) => f.solve.p50,
  last: (f) => f.last.p50,
  stopped: (f) => f.stopped,
  lost: (f) => f.lost,
  shelf_empty: (f) => f.shelf_empty,
  again_24h: (f) => share(f.again_24h),
  again_7d: (f) => share(f.again_7d),
  solved: (f) => share(f.solved),
  decided: (f) => f.decided,
  money: (f) => f.money,
}

/** The figure of a period; undefined where nothing was counted. */
export const valueOf = (name: FigureName, f: Figures): number | undefined => readers[name](f)

const times: FigureName[] = ['take', 'solve', 'last', 'stopped', 'shelf_empty']
const percents: FigureName[] = ['again_24h', 'again_7d', 'solved']

/** The figure as people read it. */
export function written(w: Words, name: FigureName, value: number | undefined, currency = ''): string {
  if (value === undefined) return '–'
  if (times.includes(name)) return value === 0 ? w.minutes(0) : duration(w, value)
  if (percents.includes(name)) return `${formatNumber(w.locale, value)}\u202f%`
  const number = formatNumber(w.locale, Math.round(value))
  return name === 'money' && currency ? `${number}\u202f${symbolOf(w, currency)}` : number
}

/** "€" for EUR; a code that nobody knows stays as it is. */
function symbolOf(w: Words, currency: string): string {
  try {
    const parts = numberFormat(w.locale, { style: 'currency', currency }).formatToParts(0)
    return parts.find((p) => p.type === 'currency')?.value ?? currency
  } catch {
    return currency
  }
}

/** More of these is better, of all others less. */
const gains: FigureName[] = ['solved', 'decided']

/** Beyond what a figure moves by itself. */
const notable = 5

export type Change = { kind: 'same' | 'better' | 'worse' | 'none'; percent: number }

/** How a figure changed, in percent, and whether that is good. */
export function changeOf(name: FigureName, now: number | undefined, before: number | undefined): Change {
  if (now === undefined || before === undefined || (before === 0 && now !== 0)) return { kind: 'none', percent: 0 }
  const percent = before === 0 ? 0 : Math.round((100 * (now - before)) / before)
  if (Math.abs(percent) < notable) return { kind: 'same', percent }
  return { kind: percent > 0 === gains.includes(name) ? 'better' : 'worse', percent }
}

/** The change in words. */
export function changeSays(w: Words, { kind, percent }: Change): string {
  if (kind === 'none') return w.balance.noBefore
  if (kind === 'same') return w.balance.same
  const sign = percent > 0 ? '+' : ''
  return w.balance[kind](`${sign}${formatNumber(w.locale, percent)}\u202f%`)
}

const large: FigureName[] = ['alerts', 'take', 'solve', 'stopped', 'lost', 'shelf_empty', 'money']

/** The figures that are told large: those of which the place has any. */
export function largeOf({ now, before, cost }: Balance): FigureName[] {
  const any = (name: FigureName): boolean => (valueOf(name, now) ?? 0) > 0 || (before !== undefined && (valueOf(name, before) ?? 0) > 0)
  return large.filter((name) => (name === 'money' ? cost !== undefined : ['stopped', 'lost', 'shelf_empty'].includes(name) ? any(name) : true))
}

/** The figures that are set beside those of before. */
export const compared: FigureName[] = ['alerts', 'take', 'solve', 'last', 'solved', 'again_24h', 'again_7d', 'stopped', 'lost', 'shelf_empty', 'decided', 'money']

/** The parts of a whole, each with what it makes together with those before it, in percent. */
export function cumulate(values: readonly number[]): number[] {
  const sum = values.reduce((a, b) => a + b, 0)
  let so = 0
  return values.map((v) => ((so += v), sum > 0 ? (100 * so) / sum : 0))
}

/** Nothing at all opened in the period, nor lasted into it. */
export const isEmpty = ({ now }: Balance): boolean => now.posts === 0 && now.shelf_empty === 0 && now.decided === 0
