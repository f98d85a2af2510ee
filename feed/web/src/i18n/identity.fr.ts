// The words of who stands before a shared device.
export const identityFR = {
  sayWho: 'Badge ou code',
  badge: 'Badge',
  who: 'Qui êtes-vous ?',
  presentBadge: 'Présentez votre badge',
  camera: 'Lire un QR',
  noCamera: 'Sans caméra',
  orTouch: 'ou touchez votre nom',
  nobodyListed: 'Personne n’a accès à ce lieu. Demandez à votre responsable.',

  idle: (seconds: number) => `Toujours là ? Retour à l’accueil dans ${seconds} s`,
  idleKept: 'Vos textes sont gardés.',
  stay: 'Je reste',

  pairThis: 'Jumeler cet appareil',
  pairTitle: 'Jumeler cet appareil',
  pairHint: 'Un administrateur vous donne ce code, dans « Appareils ». Il sert une fois.',
  pairCode: 'Code de jumelage',
  pairShort: (left: number) => (left < 2 ? 'Il manque 1 caractère.' : `Il manque ${left} caractères.`),
  pair: 'Jumeler',
  pairing: 'Jumelage…',
  unpaired: 'Cet appareil n’est plus jumelé. Demandez un nouveau code, ou identifiez-vous.',
}

export type IdentityWords = typeof identityFR
