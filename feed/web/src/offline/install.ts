import { signal } from '@preact/signals'

/** A browser's offer to install the screens; a web standard only some have. */
type Offer = Event & { prompt: () => Promise<unknown> }

const offer = signal<Offer | undefined>(undefined)

/** Puts the browser's offer aside until a person asks for it. */
export function startInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer.value = event as Offer
  })
  addEventListener('appinstalled', () => (offer.value = undefined))
}

export const canInstall = (): boolean => offer.value !== undefined

export async function install(): Promise<void> {
  const made = offer.peek()
  offer.value = undefined
  await made?.prompt()
}
