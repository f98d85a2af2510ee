import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

type Popover = {
  root: RefObject<HTMLDivElement>
  open: boolean
  toggle: () => void
  /** Goes on the root: Escape closes and gives the focus back. */
  onKeyDown: (event: KeyboardEvent) => void
}

/** What opens under its button and closes on Escape or a touch elsewhere. */
export function usePopover(): Popover {
  const root = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (!open) return
    const leave = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    return () => document.removeEventListener('pointerdown', leave)
  }, [open])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    setOpen(false)
    root.current?.querySelector('button')?.focus()
  }
  return { root, open, toggle: () => setOpen(!open), onKeyDown }
}
