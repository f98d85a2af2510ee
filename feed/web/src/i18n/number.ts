import type { Post } from '../api/types'
import { numberFormat } from './formats'

/** Numbers as the locale writes them: narrow no-break spaces, real minus. */
export function formatNumber(locale: string, value: number, decimals = 0): string {
  return numberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
    .format(value)
    .replace(/^-/, '\u2212')
    .replace(/\u00a0/g, '\u202f')
}

/**
 * How many decimals a post's value is shown with: as many as its limit and its
 * curve need, and no more than its size makes useful, so that it does not
 * change width at each sample.
 */
export function decimalsOf(post: Pick<Post, 'value' | 'limit' | 'series'>): number {
  const all = [post.value, post.limit, ...(post.series ?? []).map(([, v]) => v)].filter((v) => v !== undefined)
  const size = Math.max(...all.map(Math.abs), 0)
  const useful = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
  const needed = Math.max(...all.map(fraction), 0)
  return Math.min(useful, needed)
}

const fraction = (v: number): number => (String(Number(v.toFixed(3))).split('.')[1] ?? '').length

const names: Record<string, string> = {
  Cel: '°C',
  '1': '',
  '1/min': '/min',
  '1/h': '/h',
  '1/s': '/s',
  um: 'µm',
  '[degF]': '°F',
  'm3': 'm³',
  'm/s2': 'm/s²',
  'h': 'h',
  '10*3': '×1000',
}

/** A UCUM unit as people write it; annotations in braces are not units. */
export function unitLabel(ucum = ''): string {
  const bare = ucum.replace(/\{[^}]*\}/g, '').replace(/^1(?=\/)/, '')
  return names[bare] ?? bare
}

/** A price with the sign of its currency as the reader writes it; a code that nobody knows stays one. */
export function formatPrice(locale: string, price: number, currency = ''): string {
  const figure = formatNumber(locale, price, 2)
  return currency ? `${figure}\u202f${signOf(currency, locale)}` : figure
}

function signOf(currency: string, locale: string): string {
  try {
    const parts = new Intl.NumberFormat(locale, { style: 'currency', currency }).formatToParts(0)
    return parts.find(({ type }) => type === 'currency')?.value ?? currency
  } catch {
    return currency
  }
}
