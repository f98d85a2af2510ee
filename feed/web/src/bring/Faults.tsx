import { useState } from 'preact/hooks'
import type { FileFault } from '../api/place'
import { words } from '../i18n/lang'
import './bring.css'

const shown = 200 // a file of which each line is wrong would keep the screen busy

/** What is wrong with a file, where, and what to do. */
export function Faults({ faults }: { faults: FileFault[] }) {
  const [all, setAll] = useState(false)
  const rest = faults.length - shown
  const p = words.value.places
  return (
    <div class="import-faults">
      <h3>{p.faults(faults.length)}</h3>
      <ol>
        {(all ? faults : faults.slice(0, shown)).map((fault, i) => (
          <li key={i}>
            <b>{p.at(fault.line, fault.column)}</b>
            <span>{fault.text}</span>
          </li>
        ))}
      </ol>
      {rest > 0 && !all && (
        <button type="button" class="plain" onClick={() => setAll(true)}>
          {p.more(rest)}
        </button>
      )}
      <p class="hint">{p.faultsSay}</p>
    </div>
  )
}
