import type { Machine } from '../api/types'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { now } from '../i18n/time'
import { machineWord, silenceOf } from '../line/machine'
import { Sign } from '../wire/Sign'

/** Some machines of the place: how each is, and what it does. */
export function Machines({ machines }: { machines: Machine[] }) {
  const w = words.value
  return (
    <ul class="wall-machines">
      {machines.map((machine) => {
        const mood = machine.taken ? 'taken' : machine.severity === 'info' ? undefined : machine.severity
        return (
          <li key={machine.path} class={`${mood ?? ''} ${machine.stale ? 'stale' : ''}`}>
            {mood && mood !== 'taken' && <Sign mood={mood} />}
            <b>{machine.name}</b>
            <span>{standing(machine, w)}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** A sign never stands without its word; what was measured stands in the post. */
function standing(machine: Machine, w: Words): string {
  if (machine.stale) return silenceOf(machine, w, now.value)
  if (machine.taken) return w.machineTaken
  return machine.severity && machine.severity !== 'info' ? w[machine.severity] : machineWord(machine, w)
}
