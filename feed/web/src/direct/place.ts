import { signal } from '@preact/signals'

/** The part of the territory that the board shows; empty: all of it. */
export const place = signal('')
