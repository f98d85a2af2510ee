export const groupsFR = {}
