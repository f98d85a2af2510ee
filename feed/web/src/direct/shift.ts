import type { Post } from '../api/types'
import { within } from '../feed/order'

const hour = 3_600_000
const longest = 16 * hour
const usual = 8 * hour

/**
 * When the running shift of a place began, as its handovers tell: each says when
 * its shift began and ends. Where none does, or the last is long past, a shift
 * is what eight hours were; midnight ends none.
 */
export function shiftStart(path: string, handovers: readonly Post[], now: number): number {
  let began = 0
  for (const { sheet, territory } of handovers) {
    if (!sheet || !within(path, territory)) continue
    for (const at of [Date.parse(sheet.start), Date.parse(sheet.end)]) if (at <= now && at > began) began = at
  }
  return now - began <= longest ? began : now - usual
}
