import { signal } from '@preact/signals'

/** How often something was refused because a charter waits: it is asked for again then. */
export const charterMissed = signal(0)

/** The kind of refusal that waits for a charter. */
export const charterType = 'charter'
