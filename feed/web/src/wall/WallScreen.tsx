import { words } from '../i18n/lang'
import { Unavailable } from '../shell/Unavailable'

export function WallScreen() {
  return <Unavailable text={words.value.nothingHere} />
}
