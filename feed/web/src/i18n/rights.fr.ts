export const rightsFR = {}
