import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import { go, route, under } from '../shell/route'

/** What is done with a letter to the post that the keyboard is on. */
export type Letters = Record<string, (id: string) => void>

/** j and k walk the board, o opens, Escape closes and returns to the row; letters act on the post in question. */
export function useKeys(board: RefObject<HTMLElement>, letters: Letters): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const target = event.target as Element
      if (event.ctrlKey || event.metaKey || event.altKey || covered(board)) return
      if (event.key === 'Escape' && route.peek().at === 'post' && !target.closest('dialog')) close(board)
      else if (target.closest('input, textarea, select, dialog')) return
      else if (event.key === 'j') walk(board, 1)
      else if (event.key === 'k') walk(board, -1)
      else if (event.key === 'o') rows(board).find((row) => row === document.activeElement)?.click()
      else if (letters[event.key]) {
        const id = inQuestion(board)
        if (!id) return
        event.preventDefault()
        letters[event.key]!(id)
      }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [board, letters])
}

/** The keyboard begins on what burns the longest: Enter opens it. */
export function useFirst(board: RefObject<HTMLElement>, ready: boolean): void {
  useEffect(() => {
    if (!ready || !matchMedia('(hover: hover) and (min-width: 1100px)').matches) return
    if (route.peek().at !== 'home' || document.activeElement !== document.body) return
    board.current?.querySelector<HTMLElement>('.column [data-row]')?.focus({ preventScroll: true })
  }, [ready])
}

/** A page lies over the board: its keys are not for what is under it. */
const covered = (board: RefObject<HTMLElement>): boolean => board.current?.closest('[inert]') != null

/** The post that is open, else the one that has the focus. */
function inQuestion(board: RefObject<HTMLElement>): string | undefined {
  const at = route.peek()
  if (at.at === 'post') return at.id
  const row = rows(board).find((one) => one === document.activeElement)
  return row?.closest<HTMLElement>('[data-post]')?.dataset.post
}

// Whether a column is shown is asked of the column: of its rows that would lay
// out each that is far from the screen.
const rows = (board: RefObject<HTMLElement>): HTMLElement[] =>
  [...(board.current?.querySelectorAll<HTMLElement>('.strip-body, .column') ?? [])]
    .filter((part) => part.offsetParent)
    .flatMap((part) => [...part.querySelectorAll<HTMLElement>('[data-row]')])

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
