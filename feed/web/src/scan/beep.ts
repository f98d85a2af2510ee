const length = 0.09 // s
const pitch = 1760 // Hz
const short = 40 // ms

let sound: AudioContext | undefined

/** What the hand and the ear are told when a code was read. */
export function beep(): void {
  navigator.vibrate?.(short)
  try {
    sound ??= new AudioContext()
    const tone = sound.createOscillator()
    const level = sound.createGain()
    tone.frequency.value = pitch
    level.gain.value = 0.12
    tone.connect(level).connect(sound.destination)
    tone.start()
    tone.stop(sound.currentTime + length)
  } catch {
    // A device without sound has vibrated, or shows the code.
  }
}
