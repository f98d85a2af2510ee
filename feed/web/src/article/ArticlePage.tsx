import { words } from '../i18n/lang'
import { Unavailable } from '../shell/Unavailable'

export function ArticlePage(_: { sku: string }) {
  return <Unavailable text={words.value.nothingHere} />
}
