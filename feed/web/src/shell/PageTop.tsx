import type { ComponentChildren } from 'preact'
import { words } from '../i18n/lang'
import { go } from './route'

/** The head of a page that lies over the home: the way back, and where one is. */
export function PageTop({ title, back = '/', children }: { title?: string; back?: string; children?: ComponentChildren }) {
  return (
    <header class="page-top">
      <button type="button" class="plain back" onClick={() => go(back)}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M15 4l-8 8 8 8" />
        </svg>
        {words.value.back}
      </button>
      {title && <h1>{title}</h1>}
      {children}
    </header>
  )
}
