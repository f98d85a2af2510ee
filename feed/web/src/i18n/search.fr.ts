export const searchFR = {}
