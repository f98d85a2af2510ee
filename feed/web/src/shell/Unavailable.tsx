import type { ComponentChildren } from 'preact'
import { Mark } from './Mark'

/** What is wrong, and what to do about it. */
export function Unavailable({ text, children }: { text: string; children?: ComponentChildren }) {
  return (
    <div class="unavailable" role="alert">
      <Mark />
      <p>{text}</p>
      {children}
    </div>
  )
}
