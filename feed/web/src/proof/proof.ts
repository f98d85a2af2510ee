import { signal } from '@preact/signals'

/** Somebody is asked to show again who they are; answered with whether they did. */
export const proofAsked = signal<((proved: boolean) => void) | undefined>(undefined)

/** Asks whoever is here for their PIN, and tells whether it was right. */
export function askProof(): Promise<boolean> {
  return new Promise((resolve) => {
    const before = proofAsked.peek()
    proofAsked.value = (proved) => {
      proofAsked.value = undefined
      before?.(proved)
      resolve(proved)
    }
  })
}
