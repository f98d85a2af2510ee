import type { IdentityWords } from './identity.fr'

export const identityEN: IdentityWords = {
  sayWho: 'Badge or PIN',
  badge: 'Badge',
  who: 'Who are you?',
  presentBadge: 'Hold up your badge',
  camera: 'Read a QR code',
  noCamera: 'No camera',
  orTouch: 'or touch your name',
  nobodyListed: 'Nobody has access to this place. Ask your manager.',

  idle: (seconds: number) => `Still there? Back to the start in ${seconds} s`,
  idleKept: 'What you typed is kept.',
  stay: 'I’m staying',

  pairThis: 'Pair this device',
  pairTitle: 'Pair this device',
  pairHint: 'An administrator gives you this code, under “Devices”. It works once.',
  pairCode: 'Pairing code',
  pairShort: (left: number) => (left < 2 ? '1 character is missing.' : `${left} characters are missing.`),
  pair: 'Pair',
  pairing: 'Pairing…',
  unpaired: 'This device is no longer paired. Ask for a new code, or sign in.',
}
