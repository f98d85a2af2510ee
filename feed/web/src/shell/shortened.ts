import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'

const page = 40

/** About as many as a screen holds: the app's first picture shows these, and the frame after it the rest of the page. */
const first = 4

const standing = signal(false)

/** How many of a long list are shown, and how to ask for the next ones: what nobody looks at costs nothing. */
export function useShortened(count: number, least = 0): { shown: number; left: number; more: () => void } {
  const [wanted, want] = useState(page)
  const now = standing.value ? wanted : first
  const shown = Math.min(Math.max(now, least), count)
  useEffect(() => {
    if (shown > 0 && !standing.value) afterThePicture(() => (standing.value = true))
  }, [shown > 0])
  return { shown, left: count - shown, more: () => want(shown + page) }
}

function afterThePicture(then: () => void) {
  requestAnimationFrame(() => setTimeout(then))
}
