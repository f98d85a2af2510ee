import type { Balance, Bar, BehindPage } from '../api/balance'
import type { Words } from '../i18n/fr'
import { readAs } from '../i18n/offered'
import { duration, written, type FigureName } from './figures'

/** A figure whose posts somebody asks for: of another place or period where it stands beside. */
export type Opened = {
  figure: string
  title: string
  /** What the page shows, in the unit of the figure. */
  shown?: number | undefined
  territory?: string
  period?: string
}

export type Open = (opened: Opened) => void

/** What people answered, in the reader's language where it was offered so. */
export const nameOf = (w: Words, bar: Bar): string => (w.locale.startsWith('en') && bar.english ? bar.english : readAs(bar.name, w))

export const partSays = (w: Words, part: Bar): string => duration(w, part.value)

/** A figure in its unit: "36", "3 h 20", "42 %". */
export function addedSays(w: Words, unit: BehindPage['unit'], value: number, currency = ''): string {
  const as: Record<BehindPage['unit'], FigureName> = { posts: 'alerts', percent: 'solved', minutes: 'stopped', median: 'take', pieces: 'lost', money: 'money' }
  return written(w, as[unit], value, currency)
}

/** How the posts make the figure, and why they may make another one than was shown. */
export function madeSays(w: Words, page: BehindPage, { shown }: Opened, { kept, cost }: Pick<Balance, 'kept' | 'cost'>): string[] {
  const b = w.balance
  const figure = page.figure === undefined ? '–' : addedSays(w, page.unit, page.figure, cost?.currency)
  const lines = [page.all === 0 ? b.behindNone : b.made[page.unit](page.all, figure, page.of ?? 0)]
  if (page.hidden > 0) lines.push(b.behindHidden(page.hidden))
  if (shown !== undefined && !alike(shown, page.figure ?? 0)) {
    lines.push((kept ? b.behindSent : b.behindSince)(addedSays(w, page.unit, shown, cost?.currency)))
  }
  return lines
}

// Figures travel as decimals: what is shown is never finer than this.
const alike = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(0.05, Math.abs(a) / 1000)
