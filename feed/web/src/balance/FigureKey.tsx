import { words } from '../i18n/lang'
import type { Open } from './opened'
import { type FigureName, written } from './figures'

type Props = {
  name: FigureName
  value: number | undefined
  title: string
  territory?: string
  period?: string
  currency?: string | undefined
  onOpen: Open
}

/** A figure in a table: it opens its posts, where it has any. */
export function FigureKey({ name, value, title, territory, period, currency, onOpen }: Props) {
  const w = words.value
  const text = written(w, name, value, currency)
  if (!value) return <>{text}</>
  return (
    <button
      type="button"
      class="plain figure-key"
      data-figure={name}
      aria-label={`${w.balance.open(title)} (${text})`}
      onClick={() => onOpen({ figure: name, title, shown: value, ...(territory && { territory }), ...(period && { period }) })}
    >
      {text}
    </button>
  )
}
