import { effect, signal } from '@preact/signals'

export type Theme = 'system' | 'light' | 'dark'

const key = 'fildefer.theme'
const stored = localStorage.getItem(key)

/** Light or dark by choice, or as the system is. */
export const theme = signal<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system')

/** Keeps the page in the chosen theme. */
export function startTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = (): void => {
    const choice = theme.value
    document.documentElement.dataset.theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice
  }
  effect(() => {
    localStorage.setItem(key, theme.value)
    apply()
  })
  dark.addEventListener('change', apply)
}
