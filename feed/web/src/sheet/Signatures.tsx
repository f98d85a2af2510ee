import type { Side, Signature } from '../api/living'
import { words } from '../i18n/lang'
import { formatTime, now } from '../i18n/time'

const sides: Side[] = ['given', 'received']

/** Who gave the handover and who took it; on paper, where to sign. */
export function Signatures({ signed }: { signed: readonly Signature[] }) {
  const l = words.value.lines
  const blank = { given: l.notGiven, received: l.notReceived }
  return (
    <div class="signatures">
      {sides.map((side) => {
        const by = signed.find((s) => s.side === side)
        return by ? <p key={side}>✓ {l[side](by.name, formatTime(words.value, by.at, now.value))}</p> : <p key={side} class="blank">{blank[side]}</p>
      })}
    </div>
  )
}
