import { signal, type ReadonlySignal } from '@preact/signals'
import type { Me } from '../api/types'

type Pending = {
  /** What waits for a person to do it. */
  act?: () => void
  instead?: () => void
}

/** The question who somebody is, asked on a station for what only a person may do. */
export class Asking {
  readonly pending = signal<Pending | undefined>(undefined)

  constructor(private readonly me: ReadonlySignal<Me>) {}

  /** Acts at once where somebody is signed in, else as soon as somebody is. */
  asPerson = (act: () => void, instead?: () => void): void => {
    if (!this.me.peek().station) return act()
    this.drop()
    this.pending.value = { act, ...(instead && { instead }) }
  }
  ask = (): void => void (this.pending.value ??= {})

  /** Somebody said who they are: what waited is done, by them. */
  answered(): void {
    const { act } = this.pending.peek() ?? {}
    this.pending.value = undefined
    act?.()
  }
  /** Nobody did: what waited is not done. */
  drop = (): void => {
    const { instead } = this.pending.peek() ?? {}
    this.pending.value = undefined
    instead?.()
  }
}
