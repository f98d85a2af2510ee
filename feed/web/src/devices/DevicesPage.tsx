import { words } from '../i18n/lang'
import { Unavailable } from '../shell/Unavailable'

export function DevicesPage() {
  return <Unavailable text={words.value.nothingHere} />
}
