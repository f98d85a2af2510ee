import { words } from '../i18n/lang'
import { Unavailable } from '../shell/Unavailable'

export function RoundPage() {
  return <Unavailable text={words.value.nothingHere} />
}
