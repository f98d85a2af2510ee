// To make a formatter takes a browser a hundred times as long as to use it: each
// is made once.
const dates = new Map<string, Intl.DateTimeFormat>()
const numbers = new Map<string, Intl.NumberFormat>()

export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  kept(dates, locale, options, () => new Intl.DateTimeFormat(locale, options))

export const numberFormat = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  kept(numbers, locale, options, () => new Intl.NumberFormat(locale, options))

function kept<F>(made: Map<string, F>, locale: string, options: object, make: () => F): F {
  const key = locale + JSON.stringify(options)
  let format = made.get(key)
  if (!format) made.set(key, (format = make()))
  return format
}
