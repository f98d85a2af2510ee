export const placesFR = {}
