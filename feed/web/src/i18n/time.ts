import { dateFormat } from './formats'
import { signal } from '@preact/signals'
import type { Words } from './fr'

/** The present instant, as the screens tell it. */
export const now = signal(Date.now())

/** Lets time pass on the screens until the returned function is called. */
export function startClock(): () => void {
  const timer = setInterval(() => (now.value = Date.now()), 5000)
  return () => clearInterval(timer)
}

/** How long ago, in the unit that matters: "6 min", "2 h 05", "3 j". */
export function formatAge(words: Words, from: string | number, to: number): string {
  const minutes = Math.floor((to - instant(from)) / 60_000)
  if (minutes < 1) return words.lessThanAMinute
  if (minutes < 60) return words.minutes(minutes)
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? words.hours(hours, minutes % 60) : words.days(Math.floor(hours / 24))
}

/** "il y a 6 min", or "à l’instant". */
export function formatAgo(words: Words, from: string, to: number): string {
  return to - instant(from) < 60_000 ? words.justNow : words.ago(formatAge(words, from, to))
}

/** The hour, with its day when that is not today. */
export function formatTime(words: Words, at: string, to: number, seconds = false): string {
  const [time, day] = timeAndDay(words, at, to, seconds)
  return day ? words.dayAndTime(day, time) : time
}

/** The hour and its day, which is empty when that is today, to say in a sentence. */
export function timeAndDay(words: Words, at: string, to: number, seconds = false): [time: string, day: string] {
  const date = new Date(at)
  const told = (options: Intl.DateTimeFormatOptions): string => dateFormat(words.locale, options).format(date)
  const time = told({ hour: '2-digit', minute: '2-digit', ...(seconds && { second: '2-digit' }) })
  const today = date.toDateString() === new Date(to).toDateString()
  return [time, today ? '' : told({ day: 'numeric', month: 'short' })]
}

const instant = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at))
