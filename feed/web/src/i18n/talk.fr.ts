export const talkFR = {}
