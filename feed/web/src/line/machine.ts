import type { Machine, Signal } from '../api/types'
import type { Words } from '../i18n/fr'
import { decimalsOf, formatNumber, unitLabel } from '../i18n/number'
import { formatAge } from '../i18n/time'

const rate = (machine: Machine): Signal | undefined =>
  machine.signals.find((s) => s.signal === 'rate' && s.value !== undefined)

/** How long a machine has said nothing. */
export function silenceOf(machine: Machine, w: Words, now: number): string {
  const at = machine.signals.map((s) => s.at).sort().at(-1)
  return at ? w.silentFor(formatAge(w, at, now)) : w.stale
}

/** What a machine does now: its rate, else its state, else what it measures. */
export function machineWord(machine: Machine, w: Words): string {
  if (machine.stale) return ''
  const speed = rate(machine)
  if (speed && !(speed.value === 0 && state(machine, w))) return measure(speed, w)
  const first = machine.signals.find((s) => s.value !== undefined)
  return state(machine, w) ?? (first ? measure(first, w) : '')
}

/** The share of its target that a machine runs at; undefined when unknown. */
export function paceOf(machine: Machine): number | undefined {
  const speed = rate(machine)?.value
  return machine.stale || speed === undefined || !machine.target ? undefined : speed / machine.target
}

function state(machine: Machine, w: Words): string | undefined {
  const text = machine.signals.find((s) => s.signal === 'state')?.text
  return text && (w.machineState[text.toLowerCase()] ?? text)
}

function measure(s: Signal, w: Words): string {
  const unit = unitLabel(s.unit)
  const value = formatNumber(w.locale, s.value!, decimalsOf({ value: s.value! }))
  return unit.startsWith('/') || unit === '' ? value + unit : `${value}\u202f${unit}`
}
