import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** j and k walk what was found, / goes back to what is typed; the arrow leads from there to the first answer. */
export function useHitKeys(page: RefObject<HTMLElement>, field: RefObject<HTMLInputElement>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || page.current?.closest('[inert]')) return
      const typing = event.target === field.current
      const away = !typing && (event.target as Element).closest?.('input, textarea, select, dialog')
      if (away) return
      if (typing ? event.key === 'ArrowDown' : event.key === 'j' || event.key === 'ArrowDown') walk(event, page, 1)
      else if (!typing && (event.key === 'k' || event.key === 'ArrowUp')) walk(event, page, -1)
      else if (!typing && event.key === '/') {
        event.preventDefault()
        field.current?.select()
        field.current?.focus()
      }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [page, field])
}

function walk(event: KeyboardEvent, page: RefObject<HTMLElement>, step: number): void {
  const all = [...(page.current?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])]
  if (all.length === 0) return
  event.preventDefault()
  const at = all.findIndex((one) => one === document.activeElement)
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]
  next?.focus()
  next?.closest('li')?.scrollIntoView({ block: 'nearest' })
}
