/**
 * Does the work unless another tab is at it. Without locks (plain HTTP) tabs
 * may both do it: keys keep what is sent twice from having effect twice.
 */
export async function locked(name: string, work: () => Promise<void>): Promise<void> {
  if (typeof navigator === 'undefined' || !navigator.locks) return work()
  await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work()
  })
}
