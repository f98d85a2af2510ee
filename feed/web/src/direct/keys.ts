import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import { go, route, under } from '../shell/route'

/** j and k walk the board, o opens, Escape closes and returns to the row. */
export function useKeys(board: RefObject<HTMLElement>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const typing = (event.target as Element).closest('input, textarea, select, dialog')
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'Escape' && route.peek().at === 'post') close(board)
      else if (typing) return
      else if (event.key === 'j') walk(board, 1)
      else if (event.key === 'k') walk(board, -1)
      else if (event.key === 'o') rows(board).find((row) => row === document.activeElement)?.click()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [board])
}

const rows = (board: RefObject<HTMLElement>): HTMLElement[] =>
  [...(board.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].filter((row) => row.offsetParent)

function walk(board: RefObject<HTMLElement>, step: number): void {
  const all = rows(board)
  const at = all.findIndex((row) => row === document.activeElement || row.getAttribute('aria-current') === 'true')
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]
  next?.focus()
  next?.closest('article')?.scrollIntoView({ block: 'nearest' })
}

function close(board: RefObject<HTMLElement>): void {
  const opened = rows(board).find((row) => row.getAttribute('aria-current') === 'true')
  go(under.peek())
  opened?.focus()
}
