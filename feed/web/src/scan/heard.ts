type Listener = (code: string) => void

const listeners: Listener[] = []

/** Hands over a code that a barcode reader typed, to whoever began to listen last; false when nobody does. */
export function hear(code: string): boolean {
  const listener = listeners.at(-1)
  listener?.(code)
  return listener !== undefined
}

/** Listens to what barcode readers type until the returned function is called. */
export function onHeard(listener: Listener): () => void {
  listeners.push(listener)
  return () => void listeners.splice(listeners.indexOf(listener), 1)
}
