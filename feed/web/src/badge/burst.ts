/** One key that was pressed, and where it was going. */
export type Stroke<T> = { key: string; to: T }

export type Outcome<T> = {
  /** The key stays here for now: it must not act where it was going. */
  keep: boolean
  /** Keys that were held and turn out to be typed by a person: they go where they were going, first. */
  back: Stroke<T>[]
  /** A code that was read. */
  code?: string
  /** Keys of that code that had gone back already: what they did is to be undone. */
  undo?: Stroke<T>[]
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
 * are held until that is decided, a few hundredths of a second. A busy device
 * brings them late: when each was pressed decides, not when it is heard.
 */
export class Burst<T> {
  private held: Stroke<T>[] = []
  private given: Stroke<T>[] = [] // back where they were going, while a late key may still follow
  private last = -Infinity
  private ended = -Infinity

  /** A key goes down. at is in milliseconds; to is what has the focus. */
  press(key: string, at: number, to: T): Outcome<T> {
    if (ends(key)) return this.end(at)
    const back = at - this.last <= gap && key.length === 1 ? [] : this.forget()
    if (key.length !== 1) return { keep: false, back }
    this.held.push({ key, to })
    this.last = at
    return { keep: true, back: this.length > longest ? [...back, ...this.forget()] : back }
  }

  /** How long to wait for another key before giving back those held. */
  get patience(): number {
    return this.length >= shortest ? endGap : gap
  }

  /** Nothing followed so far: the keys held, which are held no more. */
  lapse(): Stroke<T>[] {
    const back = this.held
    this.given = [...this.given, ...back]
    this.held = []
    return back
  }

  /** What follows is another matter: the keys held, which are held no more. */
  forget(): Stroke<T>[] {
    const back = this.held
    this.given = []
    this.held = []
    return back
  }

  private get length(): number {
    return this.given.length + this.held.length
  }

  private end(at: number): Outcome<T> {
    const undo = this.given
    const held = this.forget()
    const all = [...undo, ...held]
    if (all.length >= shortest && at - this.last <= endGap) {
      this.ended = at
      return { keep: true, back: [], code: all.map(({ key }) => key).join(''), ...(undo.length > 0 && { undo }) }
    }
    // Some readers end with two keys: carriage return and line feed.
    if (held.length === 0 && at - this.ended <= endGap) return { keep: true, back: [] }
    return { keep: false, back: held }
  }
}
