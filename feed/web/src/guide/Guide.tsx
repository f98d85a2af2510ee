import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import type { Home } from '../shell/session'
import { guiding } from './offer'
import { placeBeside, type Box, type Size } from './place'
import { useProgress } from './progress'
import { useSpot } from './spot'
import './guide.css'

/** The first steps: a small sheet beside what to touch next, until it is put away. */
export function Guide({ home }: { home: Home }) {
  const { at, of, seen, step } = useProgress(home)
  const spot = useSpot(step?.targets(seen) ?? [])
  const view = useView()
  const sheet = useRef<HTMLElement>(null)
  const [place, setPlace] = useState<{ left: number; top: number }>()
  const l = words.value.guide
  const says = step ? ((!spot && step.waits) || step.says)(l) : l.done
  useLayoutEffect(() => {
    const { width, height } = sheet.current!.getBoundingClientRect()
    setPlace(spot && placeBeside(spot, { width, height }, view))
  }, [spot, says, view])
  return (
    <>
      {spot && <Ring spot={spot} />}
      <aside class="guide" ref={sheet} aria-label={l.title} style={place && { left: `${place.left}px`, top: `${place.top}px`, bottom: 'auto' }}>
        <p aria-live="polite">
          {step && <b>{l.step(at + 1, of)}</b>} {says}
        </p>
        {!step && <p class="quiet">{l.again}</p>}
        <button type="button" class="plain" onClick={() => (guiding.value = 0)}>
          {l.put}
        </button>
      </aside>
    </>
  )
}

/** The size of the screen, which turns in the hand. */
function useView(): Size {
  const [view, setView] = useState(() => ({ width: innerWidth, height: innerHeight }))
  useEffect(() => {
    const follow = (): void => setView({ width: innerWidth, height: innerHeight })
    addEventListener('resize', follow)
    return () => removeEventListener('resize', follow)
  }, [])
  return view
}

/** A line round what to touch, which lets every touch through. */
function Ring({ spot }: { spot: Box }) {
  const out = 6
  const style = { left: `${spot.left - out}px`, top: `${spot.top - out}px`, width: `${spot.width + 2 * out}px`, height: `${spot.height + 2 * out}px` }
  return <div class="guide-ring" style={style} aria-hidden="true" />
}
