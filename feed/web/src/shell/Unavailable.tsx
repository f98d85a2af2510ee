import type { ComponentChildren } from 'preact'
import { BrokenWire } from './LongMark'

/** What is wrong, and what to do about it. */
export function Unavailable({ text, children }: { text: string; children?: ComponentChildren }) {
  return (
    <div class="unavailable" role="alert">
      <BrokenWire />
      <p>{text}</p>
      {children}
    </div>
  )
}
