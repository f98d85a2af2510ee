import { useEffect, useRef } from 'preact/hooks'
import type { Post } from '../api/types'

/**
 * A sheet that lights its edge once when something happened to its post. A
 * new sample of its value is not something that happened.
 */
export function useGlow(post: Post) {
  const sheet = useRef<HTMLDivElement>(null)
  const seen = useRef<string>()
  const happened = [post.state, post.severity, post.occurrences, post.comments, post.me_too].join()
  useEffect(() => {
    const first = seen.current === undefined
    seen.current = happened
    if (first || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    sheet.current?.animate([{ boxShadow: '0 0 0 4px var(--glow)' }, { boxShadow: '0 0 0 4px transparent' }], 1000)
  }, [happened])
  return sheet
}
