import type { Rule } from '../api/rule'
import { lang, words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { BookFault } from './BookFault'
import { useReading } from './reading'
import { RuleRow } from './RuleRow'

/** The rules, those that speak most first, under what is wrong with their files. */
export function RuleTable({ onTry }: { onTry: (source: string, line: number) => void }) {
  const { client } = useSession()
  const book = useReading(client.rules, lang.value)
  const w = words.value
  const r = w.rules
  if (book.failed) {
    return (
      <Unavailable text={r.notRead}>
        <button type="button" class="key main" onClick={book.again}>
          {w.tryAgain}
        </button>
      </Unavailable>
    )
  }
  if (!book.value) return <p class="quiet waiting">{w.loading}</p>
  const { rules, fault } = book.value
  return (
    <>
      {fault && <BookFault fault={fault} onLook={book.again} />}
      {rules.length === 0 ? <p class="quiet">{r.none}</p> : <Table rules={rules} onTry={onTry} />}
    </>
  )
}

function Table({ rules, onTry }: { rules: Rule[]; onTry: (source: string, line: number) => void }) {
  const r = words.value.rules
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
      {[...rules].sort(bySpeech).map((rule) => (
        <RuleRow key={rule.id} rule={rule} onTry={onTry} />
      ))}
    </table>
  )
}

const bySpeech = (a: Rule, b: Rule): number => b.posts - a.posts || b.noise - a.noise || a.id.localeCompare(b.id)
