import { encode } from 'uqr'
import { useMemo } from 'preact/hooks'
import { words } from '../i18n/lang'

/** An address as a code to point a phone at. Dark on light in any theme: cameras expect it. */
export function Code({ address }: { address: string }) {
  const { size, path } = useMemo(() => drawn(address), [address])
  return (
    <svg class="code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={words.value.display.code(address)}>
      <path d={path} />
    </svg>
  )
}

/** One path of all dark squares, each row's runs as one stroke. */
function drawn(address: string): { size: number; path: string } {
  const { data, size } = encode(address, { ecc: 'M', border: 2 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark && !row[x - 1] ? `M${x} ${y}h${runFrom(row, x)}v1h-${runFrom(row, x)}z` : ''))).join('')
  return { size, path }
}

function runFrom(row: readonly boolean[], from: number): number {
  const end = row.indexOf(false, from)
  return (end < 0 ? row.length : end) - from
}
