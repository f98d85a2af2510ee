import { words } from '../i18n/lang'
import { Wire } from '../wire/Wire'

/** The place of posts that are on their way, of the size they will have. */
export function Skeleton({ count }: { count: number }) {
  return (
    <div class="skeleton stretch" role="status">
      <h2>
        <Wire />
        {words.value.loading}
      </h2>
      {Array.from({ length: count }, (_, i) => (
        <div class="item" key={i}>
          <Wire />
          <div class="sheet">
            <i class="short" />
            <i class="long" />
            <i class="block" />
          </div>
        </div>
      ))}
    </div>
  )
}
