import type { ComponentChildren } from 'preact'
import { words } from '../i18n/lang'
import { go } from './route'

type Props = { title?: string; /** What the page is of: a place, a count. */ of?: ComponentChildren; back?: string; children?: ComponentChildren }

/** The head of a page that lies over the home: the way back, and where one is. */
export function PageTop({ title, of, back = '/', children }: Props) {
  return (
    <header class="page-top">
      <button type="button" class="plain back" onClick={() => go(back)}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M15 4l-8 8 8 8" />
        </svg>
        {words.value.back}
      </button>
      {title && (
        <h1>
          {title} {of && <span>{of}</span>}
        </h1>
      )}
      {children}
    </header>
  )
}
