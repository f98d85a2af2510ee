import type { IdentityWords } from './identity.fr'

export const identityEN: IdentityWords = {
  sayWho: 'Badge or PIN',
  who: 'Who are you?',
  whoIsHere: (name: string) => `Signed in: ${name}`,
  presentBadge: 'Hold your badge to the reader',
  orTouch: 'or touch your name',
  nobodyListed: 'Nobody has access to this place. Ask your manager.',
  welcome: (name: string) => `Hello ${name}.`,
  switching: 'Reading the badge…',
  noStation: 'This badge only works on a paired tablet.',

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
