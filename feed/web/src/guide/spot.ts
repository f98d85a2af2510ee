import { useEffect, useState } from 'preact/hooks'
import type { Box } from './place'

const every = 200

/** Where the first of these is that can be seen and touched; it may move, go and come back. */
export function useSpot(selectors: string[]): Box | undefined {
  const [spot, setSpot] = useState<Box>()
  const key = selectors.join()
  useEffect(() => {
    let shown: Element | undefined
    const look = (): void => {
      const found = find(selectors)
      // Once, when it appears, away from the notices at the edges: after that the reader may scroll where they like.
      if (found && found !== shown) found.scrollIntoView({ block: 'center' })
      shown = found
      const { left = 0, top = 0, width = 0, height = 0 } = found?.getBoundingClientRect() ?? {}
      setSpot((old) => (same(old, found && { left, top, width, height }) ? old : found && { left, top, width, height }))
    }
    look()
    const timer = setInterval(look, every)
    addEventListener('scroll', look, { capture: true, passive: true })
    addEventListener('resize', look)
    return () => {
      clearInterval(timer)
      removeEventListener('scroll', look, { capture: true })
      removeEventListener('resize', look)
    }
  }, [key])
  return spot
}

function find(selectors: string[]): Element | undefined {
  const seen = (e: Element): boolean => e.checkVisibility() && !e.closest('[inert]')
  for (const selector of selectors) {
    const found = [...document.querySelectorAll(selector)].find(seen)
    if (found) return found
  }
  return undefined
}

const same = (a?: Box, b?: Box): boolean => a?.left === b?.left && a?.top === b?.top && a?.width === b?.width && a?.height === b?.height
