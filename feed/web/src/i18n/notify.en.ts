import type { notifyFR } from './notify.fr'

export const notifyEN: typeof notifyFR = {}
