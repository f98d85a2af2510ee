import { dateFormat } from '../i18n/formats'
import { words } from '../i18n/lang'

type Props = { label: string; name: string; value: string; min?: string; onPick: (day: string) => void }

/** A day: the browser writes the field in its own language, so the day stands below in the reader's. */
export function DayField({ label, name, value, min, onPick }: Props) {
  const day = Date.parse(value)
  const told = Number.isNaN(day) ? '' : dateFormat(words.value.locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(day)
  return (
    <label>
      {label}
      <input type="date" name={name} required {...(min && { min })} value={value} onInput={(e) => onPick(e.currentTarget.value)} />
      <span class="hint">{told || '\u00a0'}</span>
    </label>
  )
}
