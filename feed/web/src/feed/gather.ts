const pause = 200 // ms

/**
 * Hands over what arrives: at once while little does, and of a burst all that
 * came in a moment together. A screen that is drawn for each of ten changes a
 * second has no time left for fingers.
 */
export class Gather<T> {
  private kept: T[] = []
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly deliver: (all: readonly T[]) => void) {}

  add(one: T): void {
    if (this.timer !== undefined) {
      this.kept.push(one)
      return
    }
    this.rest()
    this.deliver([one])
  }

  /** Forgets what was not handed over. */
  end(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.kept = []
  }

  private rest(): void {
    this.timer = setTimeout(() => {
      this.timer = undefined
      const all = this.kept
      if (all.length === 0) return
      this.kept = []
      this.rest()
      this.deliver(all)
    }, pause)
  }
}
