import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** Takes the keyboard's focus when it appears, without scrolling to it. */
export function useFocus<T extends HTMLElement>(wanted = true): RefObject<T> {
  const element = useRef<T>(null)
  // Before anything else happens: the next key pressed is already meant for it.
  useLayoutEffect(() => {
    if (wanted) element.current?.focus({ preventScroll: true })
  }, [])
  return element
}
