import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Feed } from '../feed/feed'
import { concerns } from '../feed/order'
import { waitingAloud } from './alarm'

const key = 'fildefer.muted'
/** Whether this device keeps quiet. */
export const muted = signal(localStorage.getItem(key) === 'yes')

export function mute(on: boolean): void {
  muted.value = on
  localStorage.setItem(key, on ? 'yes' : 'no')
}

/**
 * Sounds once for each critical condition that nobody took within half a
 * minute at the place. A page may only sound after it was touched: until then it is silent.
 */
export function useHorn(feed: Feed, place: string): void {
  const heard = useRef(new Set<string>())
  const audio = useRef<AudioContext>()
  useEffect(() => {
    const unlock = (): void => void (audio.current ??= new AudioContext())
    addEventListener('pointerdown', unlock, { once: true })
    addEventListener('keydown', unlock, { once: true })
    return () => {
      removeEventListener('pointerdown', unlock)
      removeEventListener('keydown', unlock)
      void audio.current?.close()
    }
  }, [])
  const posts = feed.posts.value
  useEffect(() => {
    const due = [...waitingAloud([...posts.values()].filter((post) => concerns(post, place)))].filter(([condition]) => !heard.current.has(condition))
    if (due.length === 0) return
    const at = Math.min(...due.map(([, at]) => at))
    const timer = setTimeout(() => {
      for (const [condition, when] of due) if (when <= Date.now()) heard.current.add(condition)
      if (audio.current && !muted.peek()) sound(audio.current)
    }, Math.max(at - Date.now(), 0))
    return () => clearTimeout(timer)
  }, [posts])
}

const notes = [880, 660, 880]
const length = 0.22

/** Three tones that carry over machines without a recorded file. */
function sound(audio: AudioContext): void {
  notes.forEach((frequency, i) => {
    const from = audio.currentTime + i * length * 1.3
    const [tone, gain] = [audio.createOscillator(), audio.createGain()]
    tone.type = 'square'
    tone.frequency.value = frequency
    gain.gain.setValueAtTime(0.0001, from)
    gain.gain.exponentialRampToValueAtTime(0.4, from + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.0001, from + length)
    tone.connect(gain).connect(audio.destination)
    tone.start(from)
    tone.stop(from + length)
  })
}
