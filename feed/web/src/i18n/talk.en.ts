import type { talkFR } from './talk.fr'

export const talkEN: typeof talkFR = {}
