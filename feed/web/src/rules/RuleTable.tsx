import type { Rule } from '../api/rule'
import { lang, words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { useReading } from './reading'
import { RuleRow } from './RuleRow'

/** The rules, those that speak most first. */
export function RuleTable({ onTry }: { onTry: (source: string) => void }) {
  const { client } = useSession()
  const rules = useReading(client.rules, lang.value)
  const w = words.value
  const r = w.rules
  if (rules.failed) {
    return (
      <Unavailable text={r.notRead}>
        <button type="button" class="key main" onClick={rules.again}>
          {w.tryAgain}
        </button>
      </Unavailable>
    )
  }
  if (!rules.value) return <p class="quiet waiting">{w.loading}</p>
  if (rules.value.length === 0) return <p class="quiet">{r.none}</p>
  return (
    <table class="rule-table">
      <thead>
        <tr>
          <th scope="col">{r.rule}</th>
          <th scope="col">{r.posts}</th>
          <th scope="col">{r.noise}</th>
          <th scope="col">{r.shelved}</th>
          <th scope="col">{r.held}</th>
          <th scope="col">{r.owner}</th>
          <td />
        </tr>
      </thead>
      {[...rules.value].sort(bySpeech).map((rule) => (
        <RuleRow key={rule.id} rule={rule} onTry={onTry} />
      ))}
    </table>
  )
}

const bySpeech = (a: Rule, b: Rule): number => b.posts - a.posts || b.noise - a.noise || a.id.localeCompare(b.id)
