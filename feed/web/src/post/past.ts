import { dateFormat } from '../i18n/formats'
import type { Past } from '../api/living'
import type { Words } from '../i18n/fr'
import { readAs } from '../i18n/offered'
import { formatAge } from '../i18n/time'

const minute = 60_000

/** "courroie retendue, 12 min (Karim, 3 nov.)". */
export function pastOf(past: Past, w: Words): string {
  const what = [...new Set([past.cause, past.action])].filter((said) => said !== undefined && said !== '').map((said) => readAs(said!, w)).join(' · ')
  const day = dateFormat(w.locale, { day: 'numeric', month: 'short' }).format(new Date(past.at)).replaceAll(' ', '\u00a0')
  return w.living.whatBy(what, formatAge(w, 0, past.minutes * minute), past.by, day)
}
