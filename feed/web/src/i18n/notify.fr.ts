import type { Why } from '../api/notification'

const why: Record<Why, string> = {
  mentioned: 'On vous cite',
  asked: 'On vous demande',
  critical: 'Critique',
  decide: 'À vous de décider',
  decided: 'Décision prise',
  read: 'À lire',
  help: 'Coup de main',
  answered: 'Réponse',
  followed: 'Vous suivez',
  recommended: 'Recommandé pour vous',
  flat: 'Territoire en sommeil',
  invited: 'Invitation',
  moderated: 'Modération',
  report: 'Bilan prêt',
}

export const notifyFR = {
  why,
  unread: (n: number): string => (n === 0 ? 'rien de nouveau' : n === 1 ? '1 non lue' : `${n} non lues`),
  urgent: 'Urgent',
  fresh: 'Non lue',
  readAll: 'Tout est lu',
  more: 'Voir la suite',
  none: 'Rien pour vous',
  noneSays: 'Ce qu’on vous demande, vous dit ou vous répond arrive ici. Ce qu’un collègue prend en charge disparaît.',
  end: 'Vous êtes à jour',
  rules: 'Mes réglages',
  failed: 'La liste n’a pas pu être lue. Vérifiez le réseau, puis réessayez.',
  retry: 'Je réessaie',
}
