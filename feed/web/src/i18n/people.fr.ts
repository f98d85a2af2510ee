export const peopleFR = {}
