import { go } from './route'

/** On a keyboard, / looks for something from wherever one is. */
export function startSearchKey(): void {
  addEventListener('keydown', (event: KeyboardEvent) => {
    if (event.key !== '/' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if ((event.target as Element).closest?.('input, textarea, select, dialog') || document.querySelector('dialog[open], .page.search')) return
    if (!matchMedia('(hover: hover)').matches) return
    event.preventDefault()
    go('/search')
  })
}
