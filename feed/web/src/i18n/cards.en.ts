import type { cardsFR } from './cards.fr'

// The words of good practices.
const n = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export const cardsEN: typeof cardsFR = {
  make: 'Keep it',
  makeTitle: 'What helped will help the next ones',
  editTitle: 'Change the good practice',
  wrong: 'What was wrong',
  cause: 'Cause',
  action: 'What helped',
  suggested: 'Done here before',
  text: 'A tip in one sentence (optional)',
  forWhat: 'Good for',
  wide: (place) => `All of ${place}`,
  photos: 'Photos of the card',
  photo: (i) => `Photo ${i}`,
  made: 'Card saved. It will be offered the next time.',
  saved: 'Card changed.',
  see: 'See',

  seen: 'Seen before:',
  offered: 'What helped before',
  close: { thing: 'Same problem', rule: 'Same problem, here or near', cause: 'Same cause', topic: 'Same machine' },
  against: 'Against:',
  uses: (count) => `helped ${n(count, 'time', 'times')}`,
  unused: 'not used yet',
  helps: 'It helped',
  helpedMe: 'It helped ✓',
  thanks: 'Thank you: the card takes note.',
  undone: 'Taken back.',

  confirm: 'Still valid',
  confirmed: 'Card confirmed for six months.',
  offeredAgain: 'The card is offered again.',
  writtenBy: (day, who) => `written ${day} by ${who}, not confirmed yet`,
  confirmedBy: (day, who) => `confirmed ${day} by ${who}`,
  due: 'To confirm',
  retire: 'Stop offering',
  retireTitle: 'Why stop offering it?',
  reasons: ['No longer works', 'Machine changed', 'Something better', 'Too risky', 'Duplicate'],
  retiredNow: 'The card is offered no more. The search still finds it.',
  retiredBecause: (reason) => `No longer offered: ${reason}`,
  again: 'Offer again',
  edit: 'Change it',

  tabs: { live: 'Offered', due: 'To confirm', retired: 'Retired' },
  none: {
    live: 'No card here. Open a solved problem and touch “Keep it”.',
    due: 'Nothing to confirm: the cards are less than six months old.',
    retired: 'No card was retired here.',
  },
  more: 'The first 100 are shown: choose a place.',
  unreachable: 'Good practices cannot be read. They come back with the network.',
}
