import type { Words } from '../i18n/fr'

/** A day, with its year: a good practice lives longer than one. */
export const dayOf = (at: string, w: Words): string =>
  new Intl.DateTimeFormat(w.locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at))
