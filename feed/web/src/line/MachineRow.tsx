import type { Machine } from '../api/types'
import type { Mood } from '../feed/order'
import { words } from '../i18n/lang'
import { formatNumber } from '../i18n/number'
import { now } from '../i18n/time'
import { Sign } from '../wire/Sign'
import { machineWord, paceOf, silenceOf } from './machine'

/** One machine: name, what it does now, and its rate against its target. */
export function MachineRow({ machine }: { machine: Machine }) {
  const w = words.value
  const mood = moodOf(machine)
  const pace = paceOf(machine)
  const word = machineWord(machine, w)
  return (
    <li class={`machine ${mood ?? ''} ${machine.stale ? 'stale' : ''}`}>
      <b>{machine.name}</b>
      <span class="now">{word}</span>
      <div class="under">
        {machine.stale && <span class="state">{silenceOf(machine, w, now.value)}</span>}
        {!machine.stale && mood === 'taken' && <span class="state">{w.machineTaken}</span>}
        {!machine.stale && mood && mood !== 'taken' && (
          <span class="state">
            <Sign mood={mood} />
            {w[machine.severity!]}
          </span>
        )}
        {pace !== undefined && (
          <svg
            class="bar"
            viewBox="0 0 120 10"
            preserveAspectRatio="none"
            role="img"
            aria-label={w.rateAgainst(word, formatNumber(w.locale, machine.target!))}
          >
            <path class="track" d="M0 5H120" />
            <path class="fill" d={`M0 5H${Math.min(Math.max(pace, 0), 1.2) * 100}`} />
            <path class="target" d="M100 0V10" />
          </svg>
        )}
      </div>
    </li>
  )
}

function moodOf(machine: Machine): Mood | undefined {
  if (machine.taken) return 'taken'
  return machine.severity === 'info' ? undefined : machine.severity
}
