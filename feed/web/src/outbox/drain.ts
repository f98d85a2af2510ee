import type { Outbox } from './outbox'

const interval = 15_000

/** Sends what waits whenever it may go: at the start, on a sign of the network, now and then. */
export function drainWhenever(outbox: Outbox): () => void {
  const drain = (): void => {
    if (!document.hidden) void outbox.drain()
  }
  drain()
  addEventListener('online', drain)
  document.addEventListener('visibilitychange', drain)
  const timer = setInterval(drain, interval)
  return () => {
    removeEventListener('online', drain)
    document.removeEventListener('visibilitychange', drain)
    clearInterval(timer)
  }
}
