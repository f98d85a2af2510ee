import { words } from '../i18n/lang'
import { Unavailable } from '../shell/Unavailable'

export function WaitingPage() {
  return <Unavailable text={words.value.nothingHere} />
}
