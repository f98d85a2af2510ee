export const notifyFR = {}
