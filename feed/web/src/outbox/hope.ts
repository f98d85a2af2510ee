import type { Answer } from '../api/request'
import { Queued } from './queued'

// A person with something else to do waits no longer than this; what they
// wrote is safe, and is shown as waiting.
const patience = 4000

type Hope = { resolve: (answer: Answer<unknown>) => void; reject: (err: Error) => void }

/** Persons who wait for an answer, each to one letter. */
export class Hopes {
  private readonly open = new Map<string, Hope>()

  /** The answer, or Queued once it takes too long. */
  of(id: string): Promise<Answer<unknown>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.reject(id, new Queued(id)), patience)
      const settled = <T>(settle: (with_: T) => void) => (value: T): void => {
        clearTimeout(timer)
        this.open.delete(id)
        settle(value)
      }
      this.open.set(id, { resolve: settled(resolve), reject: settled(reject) })
    })
  }

  resolve = (id: string, answer: Answer<unknown>): void => this.open.get(id)?.resolve(answer)

  /** Tells whether somebody was still waiting. */
  reject(id: string, err: Error): boolean {
    const hope = this.open.get(id)
    hope?.reject(err)
    return hope !== undefined
  }

  /** The letter is settled elsewhere, where its answer was heard. */
  drop = (id: string): boolean => this.reject(id, new Queued(id))
}
