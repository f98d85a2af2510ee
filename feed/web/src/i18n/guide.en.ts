import type { guideFR } from './guide.fr'

// The words of the first task of each persona.
export const guideEN: typeof guideFR = {
  title: 'First steps',
  offer: 'A minute and a half to try?',
  step: (at, of) => `${at}/${of}`,
  put: 'Close',
  done: 'Done. You know what matters.',
  again: 'See it again from the menu of your account.',
  line: {
    take: 'Touch “I’ll take it”: everybody sees that you have it.',
    takeWait: 'Nothing to take for now. The next alert comes here.',
    look: 'Touch the sheet: its curve, and what was done last time.',
    close: 'Touch “Resolved”, then the cause.',
  },
  aisle: {
    scan: 'An empty shelf? Touch “Scan”.',
    report: 'Scan the article, or type its code, then touch “Out of stock”.',
    shelf: 'The article is back: touch “Back on shelf”.',
  },
  direct: {
    open: 'Open what burns: the first sheet.',
    openWait: 'Nothing burns. The next alert comes here.',
    assign: 'Touch “Ask a team” and choose one, or “I’ll take it”.',
    decide: 'An idea waits. Open it and touch “Accept”, then why.',
    decideWait: 'No idea waits. The next one comes here.',
  },
}
