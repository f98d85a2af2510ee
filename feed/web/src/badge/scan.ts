import { startWedge } from './wedge'

/** Takes a code that a reader read; false leaves it to who listened before. */
export type Listener = (code: string) => boolean

const listeners: Listener[] = []
let stop: (() => void) | undefined

/**
 * Hears what a reader types until the returned function is called. Who came
 * last hears first: an open page before what lies under it. While nobody
 * listens, no key is looked at.
 */
export function onScan(listener: Listener): () => void {
  listeners.unshift(listener)
  stop ??= startWedge((code) => void [...listeners].find((listen) => listen(code)))
  return () => {
    listeners.splice(listeners.indexOf(listener), 1)
    if (listeners.length > 0) return
    stop?.()
    stop = undefined
  }
}
