import type { Post } from '../api/types'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAge } from '../i18n/time'

const minute = 60_000

/** "La dernière fois : courroie retendue, 12 min (Karim, 3 nov.)". */
export function PastLine({ post }: { post: Post }) {
  const past = post.past
  if (!past) return null
  return (
    <p class="past-line">
      <b>{words.value.living.lastTime}</b> {pastOf(past, words.value)}
    </p>
  )
}

export function pastOf(past: NonNullable<Post['past']>, w: Words): string {
  const what = [past.cause, past.action].filter((said) => said !== undefined && said !== '').map((said) => asRead(said!)).join(' · ')
  const day = new Intl.DateTimeFormat(w.locale, { day: 'numeric', month: 'short' }).format(new Date(past.at))
  return w.living.whatBy(what, formatAge(w, 0, past.minutes * minute), past.by, day)
}
