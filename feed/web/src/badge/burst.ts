/** One key that was pressed, and where it was going. */
export type Stroke<T> = { key: string; to: T }

export type Outcome<T> = {
  /** The key stays here for now: it must not act where it was going. */
  keep: boolean
  /** Keys that were held and turn out to be typed by a person: they go where they were going, first. */
  back: Stroke<T>[]
  /** A code that was read. */
  code?: string
}

// No hand types four keys with less than this between each; a reader does.
const gap = 35
// A reader that stops to think before its last key is still a reader.
const endGap = 80
const shortest = 4
const longest = 128

const ends = (key: string): boolean => key === 'Enter' || key === 'Tab'

/**
 * Tells what a badge or barcode reader types from what a hand does: its keys
 * follow one another faster than any hand's, and Enter or Tab ends them. Keys
 * are held until that is decided, a few hundredths of a second.
 */
export class Burst<T> {
  private held: Stroke<T>[] = []
  private last = -Infinity
  private ended = -Infinity

  /** A key goes down. at is in milliseconds; to is what has the focus. */
  press(key: string, at: number, to: T): Outcome<T> {
    if (ends(key)) return this.end(at)
    const back = at - this.last <= gap && key.length === 1 ? [] : this.lapse()
    if (key.length !== 1) return { keep: false, back: [...back, ...this.lapse()] }
    this.held.push({ key, to })
    this.last = at
    return { keep: true, back: this.held.length > longest ? [...back, ...this.lapse()] : back }
  }

  /** How long to wait for another key before giving back those held. */
  get patience(): number {
    return this.held.length >= shortest ? endGap : gap
  }

  /** Nothing followed: the keys held, which are held no more. */
  lapse(): Stroke<T>[] {
    const back = this.held
    this.held = []
    return back
  }

  private end(at: number): Outcome<T> {
    const held = this.lapse()
    if (held.length >= shortest && at - this.last <= endGap) {
      this.ended = at
      return { keep: true, back: [], code: held.map(({ key }) => key).join('') }
    }
    // Some readers end with two keys: carriage return and line feed.
    if (held.length === 0 && at - this.ended <= endGap) return { keep: true, back: [] }
    return { keep: false, back: held }
  }
}
