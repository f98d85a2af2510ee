export const balanceFR = {}
