import { words } from '../i18n/lang'
import { Wire } from '../wire/Wire'

/** How many are left out below, and the key that brings the next of them. */
export function Others({ left, onMore }: { left: number; onMore: () => void }) {
  if (left <= 0) return null
  return (
    <div class="others">
      <Wire />
      <button type="button" class="plain" data-row onClick={onMore}>
        {words.value.lines.others(left)}
      </button>
    </div>
  )
}
