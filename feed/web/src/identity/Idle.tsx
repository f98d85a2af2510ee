import { useEffect, useRef, useState } from 'preact/hooks'
import { words } from '../i18n/lang'

const second = 1000
const patience = 90 * second
const countdown = 15 * second
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'input'] as const

/** Gives a shared screen back when nobody touches it any more, and says so before. */
export function Idle({ onEnd }: { onEnd: () => void }) {
  const [left, setLeft] = useState<number>()
  const bar = useRef<HTMLDivElement>(null)
  const stay = useRef(() => {})
  const w = words.value
  useEffect(() => {
    let last = Date.now()
    const look = (): void => {
      const idle = Date.now() - last
      // A tablet that slept wakes up for somebody else.
      if (idle >= patience + countdown) onEnd()
      else setLeft(idle >= patience ? Math.ceil((patience + countdown - idle) / second) : undefined)
    }
    stay.current = () => {
      last = Date.now()
      setLeft(undefined)
    }
    // The bar stays under the finger until its key is pressed: what lies below
    // it must not be touched instead.
    const touched = (event: Event): void => {
      if (!bar.current?.contains(event.target as Node)) stay.current()
    }
    const timer = setInterval(look, second)
    document.addEventListener('visibilitychange', look)
    for (const sign of signs) window.addEventListener(sign, touched, { capture: true, passive: true })
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      for (const sign of signs) window.removeEventListener(sign, touched, true)
    }
  }, [])
  if (left === undefined) return null
  return (
    <div class="idle" role="alert" ref={bar}>
      <p>
        <b>{w.identity.idle(left)}</b> {w.identity.idleKept}
      </p>
      <progress max={countdown / second} value={left} aria-hidden="true" />
      <button type="button" class="key main" onClick={() => stay.current()}>
        {w.identity.stay}
      </button>
    </div>
  )
}
