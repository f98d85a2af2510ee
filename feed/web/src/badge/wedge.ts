import { Burst } from './burst'
import { isField, putBack, takeBack } from './field'

/**
 * Listens to readers that type what they read, whatever has the focus, until
 * the returned function is called. No key of theirs lands anywhere.
 */
export function startWedge(read: (code: string) => void): () => void {
  const burst = new Burst<Element>()
  const ours = new WeakSet<Event>()
  let timer = 0

  const giveBack = (strokes: ReturnType<typeof burst.lapse>): void => {
    for (const stroke of strokes) putBack(stroke, (event) => ours.add(event))
  }
  // A busy screen is late with its timers and with its keys: after a late timer
  // the keys that wait are heard first.
  const lapseAfter = (patience: number): void => {
    const due = performance.now() + patience
    timer = window.setTimeout(() => {
      if (performance.now() - due > late) lapseAfter(patience)
      else giveBack(burst.lapse())
    }, patience)
  }
  const press = (event: KeyboardEvent): void => {
    if (ours.has(event) || mute.includes(event.key)) return
    clearTimeout(timer)
    const to = event.target instanceof Element ? event.target : document.body
    const outcome = burst.press(isTyped(event, to) ? event.key : 'other', event.timeStamp, to)
    if (outcome.keep) {
      event.preventDefault()
      event.stopImmediatePropagation()
      lapseAfter(burst.patience)
    }
    giveBack(outcome.back)
    for (const stroke of [...(outcome.undo ?? [])].reverse()) takeBack(stroke)
    if (outcome.code !== undefined) read(outcome.code)
  }
  // A touch moves the caret: what was typed before it goes before it.
  const touch = (): void => giveBack(burst.forget())
  window.addEventListener('keydown', press, true)
  window.addEventListener('pointerdown', touch, true)
  return () => {
    clearTimeout(timer)
    touch()
    window.removeEventListener('keydown', press, true)
    window.removeEventListener('pointerdown', touch, true)
  }
}

const late = 15
const mute = ['Shift', 'CapsLock', 'NumLock', 'AltGraph']

/** Whether a reader may have typed it. Space on a key presses that key. */
function isTyped(event: KeyboardEvent, to: Element): boolean {
  if (event.isComposing || event.repeat) return false
  if ((event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph')) return false
  return event.key !== ' ' || isField(to)
}
