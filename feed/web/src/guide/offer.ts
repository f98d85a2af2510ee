import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { words } from '../i18n/lang'
import { go } from '../shell/route'
import type { Home, Session } from '../shell/session'

const key = 'fildefer.guide'

/** Which run of the first steps goes on; 0 is none. */
export const guiding = signal(0)

/** Begins the first steps, anew if they go on. */
export function startGuide(): void {
  go('/')
  guiding.value = Date.now()
}

/**
 * Offers the first steps to whoever comes to a screen for the first time on
 * this device, and never again. It is the device that remembers, and not of
 * whom: on a shared tablet nothing tells who was there.
 */
export function useOffer(session: Session, home: Home | undefined): void {
  useEffect(() => {
    if (home && home !== 'wall' && home !== 'office' && !session.me.station && firstTime(home)) {
      const l = words.peek().guide
      session.say({ text: l.offer, action: { label: l.title, run: startGuide } })
    }
    return () => void (guiding.value = 0)
  }, [])
}

function firstTime(home: Home): boolean {
  const seen = localStorage.getItem(key)?.split(' ') ?? []
  if (seen.includes(home)) return false
  localStorage.setItem(key, [...seen, home].join(' '))
  return true
}
