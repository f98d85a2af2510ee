import { effect, signal } from '@preact/signals'

export type Theme = 'system' | 'light' | 'dark'

const key = 'fildefer.theme'

/** Light or dark by choice, or as the system is. */
export const theme = signal<Theme>(chosen())

/** Shows another theme, from now on or for as long as this person is here. */
export function show(next: Theme, keep: boolean): void {
  theme.value = next
  if (keep) localStorage.setItem(key, next)
}

/** Shows the theme of the device again. */
export const showOwnTheme = (): void => void (theme.value = chosen())

function chosen(): Theme {
  const stored = localStorage.getItem(key)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** Keeps the page in the chosen theme. */
export function startTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = (): void => {
    const choice = theme.value
    document.documentElement.dataset.theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice
  }
  effect(apply)
  dark.addEventListener('change', apply)
}
