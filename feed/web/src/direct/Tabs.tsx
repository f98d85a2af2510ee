import type { Signal } from '@preact/signals'
import { words } from '../i18n/lang'

/** On a phone the columns become one, chosen here. */
export function Tabs({ tab, titles }: { tab: Signal<number>; titles: { title: string; count: number }[] }) {
  return (
    <nav class="tabs" aria-label={words.value.direct}>
      {titles.map(({ title, count }, i) => (
        <button type="button" key={i} aria-pressed={tab.value === i} onClick={() => (tab.value = i)}>
          {title} <b>{count}</b>
        </button>
      ))}
    </nav>
  )
}
