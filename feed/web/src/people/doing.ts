import { words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'

/** Does something at once as whoever is here, tells what came of it, and gives it on. */
export function useDoing() {
  const { asPerson, say } = useSession()
  return <T>(work: () => Promise<T>, then?: (done: T) => void, failed?: () => void): void =>
    asPerson(() => {
      work().then(then ?? (() => undefined), (err: unknown) => {
        say({ text: explain(words.peek(), err), grave: true })
        failed?.()
      })
    }, failed)
}
