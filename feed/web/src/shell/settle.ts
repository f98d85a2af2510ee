import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

const still = 700

/**
 * Keeps keys that just moved from being pressed: while the order of what is in
 * the element has newly changed, the second tap of a gloved hand meets nothing.
 */
export function useSettle(element: RefObject<HTMLElement>, order: string): void {
  const settled = useRef(order)
  useLayoutEffect(() => {
    const moved = element.current
    if (!moved || settled.current === order) return
    settled.current = order
    moved.dataset.settling = ''
    const timer = setTimeout(() => delete moved.dataset.settling, still)
    return () => {
      clearTimeout(timer)
      delete moved.dataset.settling
    }
  }, [order])
}
