import type { Fault } from '../api/types'
import { words } from '../i18n/lang'
import { lineOf } from './fault'

/** What is wrong in the text of the rules, each at its line. */
export function FaultList({ faults }: { faults: readonly Fault[] }) {
  if (faults.length === 0) return null
  const r = words.value.rules
  return (
    <section class="faults" aria-label={r.faults(faults.length)}>
      <h3>{r.faults(faults.length)}</h3>
      <ol>
        {faults.map((fault, i) => {
          const line = lineOf(fault)
          return (
            <li key={i}>
              <b>{line === undefined ? r.wholeText : r.line(line)}</b> <code>{fault.message}</code>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
