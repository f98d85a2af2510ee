export const circuitsFR = {}
