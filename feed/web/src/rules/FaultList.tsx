import type { Fault } from '../api/types'
import { words } from '../i18n/lang'
import { lineOf } from './fault'

/** What is wrong in the text of the rules; a touch shows the line. */
export function FaultList({ faults, onFind }: { faults: readonly Fault[]; onFind: (line: number) => void }) {
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
              {line === undefined ? (
                <b>{r.wholeText}</b>
              ) : (
                <button type="button" class="plain" onClick={() => onFind(line)}>
                  {r.line(line)}
                </button>
              )}
              <code>{fault.message}</code>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
