import { words } from '../i18n/lang'
import { electro, electroBox } from './electro'

/** The last day of a place as its pulse. */
export function PulseWire({ name, beats, most }: { name: string; beats: number[]; most: number }) {
  const all = beats.reduce((sum, n) => sum + n, 0)
  return (
    <svg
      class="electro"
      viewBox={`0 0 ${electroBox.width} ${electroBox.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words.value.steer.pulse(name, all)}
    >
      <path d={electro(beats, most)} />
    </svg>
  )
}
