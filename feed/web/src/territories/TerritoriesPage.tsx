import { words } from '../i18n/lang'
import { Unavailable } from '../shell/Unavailable'

export function TerritoriesPage() {
  return <Unavailable text={words.value.nothingHere} />
}
