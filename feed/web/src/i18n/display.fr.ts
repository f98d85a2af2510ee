// The words of the wall display: few and short, to be read from 4 m.
const n = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`

export const displayFR = {
  calm: 'Tout va bien',
  calmSays: 'Rien à traiter. Le fil est droit.',
  waiting: (count: number) => `${count} à traiter`,
  inHand: (count: number) => `${count} en cours`,
  recovered: (count: number, more: boolean) => `${more ? 'plus de ' : ''}${n(count, 'résolue', 'résolues')} en 8 h`,
  answer: 'Pour répondre',
  answerSays: 'Visez le code avec un téléphone.',
  code: (address: string) => `Code à viser pour ouvrir ${address}`,
  news: 'Bonnes nouvelles',
  since: 'Depuis la dernière fois',
  days: (count: number) => n(count, 'jour', 'jours'),
  page: (at: number, of: number) => `${at} / ${of}`,
  leave: 'Quitter',
}
