import { words } from '../i18n/lang'
import { placedFaults } from './fault'

/** The rule files were changed and are wrong: which rules speak meanwhile, and what to mend. */
export function BookFault({ fault, onLook }: { fault: string; onLook: () => void }) {
  const r = words.value.rules
  return (
    <section class="book-fault" role="alert">
      <div>
        <h2>{r.bookFault}</h2>
        <p>{r.bookFaultSays}</p>
        <ul>
          {placedFaults(fault).map(({ file, line, text }, i) => (
            <li key={i}>
              {file && <b>{r.fileLine(file, line)}</b>} <code>{text}</code>
            </li>
          ))}
        </ul>
      </div>
      <button type="button" class="key" onClick={onLook}>
        {r.lookAgain}
      </button>
    </section>
  )
}
