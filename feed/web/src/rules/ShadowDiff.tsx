import { lang, words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { DiffList } from './DiffList'
import { useReading } from './reading'

/** What a rule in shadow would have posted, against the one that speaks. */
export function ShadowDiff({ rule }: { rule: string }) {
  const { client } = useSession()
  const diff = useReading(() => client.shadow(rule), `${rule} ${lang.value}`)
  if (diff.failed) return <p class="error">{words.value.rules.notRead}</p>
  if (!diff.value) return <p class="quiet">{words.value.loading}</p>
  return <DiffList diff={diff.value} />
}
