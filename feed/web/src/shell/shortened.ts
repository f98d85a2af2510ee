import { useState } from 'preact/hooks'

const page = 40

/** How many of a long list are shown, and how to ask for the next ones: what nobody looks at costs nothing. */
export function useShortened(count: number, least = 0): { shown: number; left: number; more: () => void } {
  const [wanted, want] = useState(page)
  const shown = Math.min(Math.max(wanted, least), count)
  return { shown, left: count - shown, more: () => want(shown + page) }
}
