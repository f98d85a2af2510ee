export const lifeFR = {}
