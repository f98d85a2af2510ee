// The words of the first task of each persona.
export const guideFR = {
  title: 'Premiers pas',
  offer: 'Une minute et demie pour essayer ?',
  step: (at: number, of: number) => `${at}/${of}`,
  put: 'Fermer',
  done: 'C’est fait. Vous savez l’essentiel.',
  again: 'À revoir quand vous voulez : menu de votre compte.',
  line: {
    take: 'Touchez « Je prends » : chacun voit que vous vous en occupez.',
    takeWait: 'Rien à prendre pour l’instant. La prochaine alerte arrive ici.',
    look: 'Touchez la fiche : sa courbe, et ce qu’on a fait la dernière fois.',
    close: 'Touchez « Résolu », puis la cause.',
  },
  aisle: {
    scan: 'Un rayon vide ? Touchez « Scanner ».',
    report: 'Scannez l’article, ou tapez son code, puis touchez « Rupture ».',
    shelf: 'L’article est revenu : touchez « Remis en rayon ».',
  },
  direct: {
    open: 'Ouvrez ce qui brûle : la première fiche.',
    openWait: 'Rien ne brûle. La prochaine alerte arrive ici.',
    assign: 'Touchez « Je demande » et choisissez une équipe, ou « Je prends ».',
    decide: 'Une idée attend. Ouvrez-la et touchez « J’accepte », puis pourquoi.',
    decideWait: 'Aucune idée n’attend. La prochaine arrive ici.',
  },
}
