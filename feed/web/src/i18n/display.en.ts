import type { displayFR } from './display.fr'

// The words of the wall display: few and short, to be read from 4 m.
const n = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export const displayEN: typeof displayFR = {
  calm: 'All is well',
  calmSays: 'Nothing to handle. The wire is straight.',
  waiting: (count) => `${count} to handle`,
  inHand: (count) => `${count} in hand`,
  recovered: (count, more) => `${more ? 'over ' : ''}${count} solved in 8 h`,
  answer: 'To answer',
  answerSays: 'Point a phone at the code.',
  code: (address) => `Code to point at to open ${address}`,
  news: 'Good news',
  since: 'Since the last one',
  days: (count) => n(count, 'day', 'days'),
  page: (at, of) => `${at} / ${of}`,
  leave: 'Leave',
}
