import type { Run } from '../api/living'

/** How a production thread stands against its target. */
export type Progress = {
  /** Shares of the target, 0 to 1; undefined without a target. */
  made?: number
  due?: number
  /** Pieces that should be there by now, and how many of them are not. */
  dueCount: number
  late: number
}

// Less than this share of what is due is not worth a word.
const bearable = 0.01

/**
 * What was lost in stops and by slowness is what is missing: planned breaks
 * cost nothing, so the time that passed would say too much.
 */
export function progressOf(run: Run): Progress {
  const target = run.target ?? 0
  const dueCount = target > 0 ? Math.min(run.count + run.lost, target) : run.count + run.lost
  const missing = Math.max(dueCount - run.count, 0)
  const late = missing > bearable * dueCount ? missing : 0
  if (target <= 0) return { dueCount, late }
  return { dueCount, late, made: Math.min(run.count / target, 1), due: dueCount / target }
}

/** Scrap among all that was made, in per cent. */
export const scrapShare = (run: Run): number => {
  const all = run.count + run.scrap
  return all > 0 ? (100 * run.scrap) / all : 0
}
