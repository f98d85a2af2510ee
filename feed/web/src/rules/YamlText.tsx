import type { RefObject } from 'preact'
import { useRef } from 'preact/hooks'
import type { Fault } from '../api/types'
import { lineOf } from './fault'

type Props = {
  text: string
  faults: readonly Fault[]
  field: RefObject<HTMLTextAreaElement>
  onWrite: (text: string) => void
}

/** The text of rules with its line numbers; those of wrong lines are marked. */
export function YamlText({ text, faults, field, onWrite }: Props) {
  const numbers = useRef<HTMLOListElement>(null)
  const wrong = new Set(faults.map(lineOf))
  return (
    <div class="yaml">
      <ol ref={numbers} aria-hidden="true">
        {text.split('\n').map((_, i) => (
          <li key={i} class={wrong.has(i + 1) ? 'wrong' : ''}>
            {i + 1}
          </li>
        ))}
      </ol>
      <textarea
        name="rules"
        ref={field}
        rows={16}
        spellcheck={false}
        autocomplete="off"
        aria-describedby="trial-hint"
        aria-invalid={faults.length > 0}
        value={text}
        onInput={(e) => onWrite(e.currentTarget.value)}
        onScroll={(e) => numbers.current && (numbers.current.scrollTop = e.currentTarget.scrollTop)}
      />
    </div>
  )
}

/** Brings a line near the top: its lines are all of one height. */
export function scrollToLine(field: HTMLTextAreaElement, line: number): void {
  const pitch = field.scrollHeight / field.value.split('\n').length
  field.scrollTop = Math.max(line - 2, 0) * pitch
}
