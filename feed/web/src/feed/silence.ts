import { signal } from '@preact/signals'
import type { Link } from '../api/stream'

const bearable = 10_000

/** Since when nothing has been heard, once that is long enough to matter. */
export class Silence {
  readonly since = signal<number | undefined>(undefined)
  private timer: number | undefined

  /** Tells how the line is now. */
  link(link: Link): void {
    if (link === 'live' || link === 'polling') this.end()
    else this.begin()
  }

  /** Nothing was heard on this page yet; the last news are older than it. */
  lost(at: number): void {
    this.end()
    this.since.value = at
  }

  end(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.since.value = undefined
  }

  private begin(): void {
    if (this.since.peek() !== undefined) return
    const last = Date.now()
    this.timer ??= window.setTimeout(() => (this.since.value = last), bearable)
  }
}
