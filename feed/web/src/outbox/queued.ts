/**
 * The network is away: what was written is kept on this device, and goes out by
 * itself. It is neither arrived nor lost.
 */
export class Queued extends Error {
  constructor(
    /** Its Idempotency-Key, under which the outbox holds it. */
    readonly key: string,
  ) {
    super(`${key} waits for the network`)
  }
}

/** This device has no room left, and the network is away: nothing was kept. */
export class NoRoom extends Error {}
