import type { Fault } from '../api/types'

/** The line of "rules:12"; undefined when the whole text is meant. */
export function lineOf(fault: Fault): number | undefined {
  const found = /:(\d+)$/.exec(fault.location ?? '')
  return found ? Number(found[1]) : undefined
}
